import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';

import type { Env } from './env.ts';
import { originOf, type OriginSettings } from './origin.ts';

const SELF = ["'self'"];
const NONE = ["'none'"];

/** What our pages may load: only ours, nothing inline. */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: SELF,
    scriptSrc: SELF,
    styleSrc: SELF,
    // Evidence is shown from the device before it is sent.
    imgSrc: ["'self'", 'blob:'],
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

/** Once a browser has met us over https, it shall not fall back. */
export const strictTransport = (settings: OriginSettings) =>
  createMiddleware<Env>(async (c, next) => {
    await next();
    if (originOf(c, settings).secure) c.res.headers.set('Strict-Transport-Security', 'max-age=31536000');
  });
