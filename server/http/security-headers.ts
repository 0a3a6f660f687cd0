import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';

import type { Env } from './env.ts';
import { originOf, type OriginSettings } from './origin.ts';

const SELF = ["'self'"];
const NONE = ["'none'"];

/** `tiles`: the address of picture tiles on another server, if that was set. */
export type TileSettings = { readonly tiles: { readonly url: string } | null };

/** What our pages may load: only ours, nothing inline; pictures also from the one origin of the tiles that were set. */
export const securityHeaders = ({ tiles }: TileSettings) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: SELF,
      scriptSrc: SELF,
      styleSrc: SELF,
      // Evidence is shown from the device before it is sent.
      imgSrc: ["'self'", 'blob:', ...(tiles === null ? [] : [tileOrigin(tiles)])],
      connectSrc: SELF,
      workerSrc: SELF,
      manifestSrc: SELF,
      objectSrc: NONE,
      baseUri: NONE,
      formAction: SELF,
      frameAncestors: NONE,
    },
    referrerPolicy: 'same-origin',
    strictTransportSecurity: false,
    xFrameOptions: 'DENY',
    permissionsPolicy: { camera: ['self'], geolocation: ['self'], microphone: [], payment: [], usb: [] },
  });

const tileOrigin = ({ url }: { readonly url: string }): string => new URL(url).origin;

/** Once a browser has met us over https, it shall not fall back. */
export const strictTransport = (settings: OriginSettings) =>
  createMiddleware<Env>(async (c, next) => {
    await next();
    if (originOf(c, settings).secure) c.res.headers.set('Strict-Transport-Security', 'max-age=31536000');
  });
