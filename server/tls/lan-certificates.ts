import { webcrypto } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';

// The certificate library registers its parts through it, so it comes first.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

import { err, ok, type Result } from '#shared/result.ts';

/** `hosts`: names and IP addresses tablets reach the server by, the first one is shown to people. `now`: ms. */
export type LanRequest = { readonly dataDir: string; readonly hosts: readonly string[]; readonly now: number };

/** `fingerprint`: sha256 of the authority's certificate, in pairs, to compare on the tablet. */
export type LanCertificates = {
  readonly fingerprint: string;
  readonly authority: 'made' | 'kept';
  readonly validUntil: number;
  readonly caFile: string;
};

export type LanProblem = { readonly code: 'noHosts' } | { readonly code: 'badHost'; readonly host: string };

/**
 * Makes an authority for the local network (once) and a server certificate signed by it (each time), as
 * `DATA_DIR/tls/{ca.crt,ca-key.pem,cert.pem,key.pem}`. A tablet has to trust `ca.crt` once.
 */
export async function makeLanCertificates(request: LanRequest): Promise<Result<LanCertificates, LanProblem>> {
  const { dataDir, hosts, now } = request;
  if (hosts.length === 0) return err({ code: 'noHosts' });
  const bad = hosts.find((host) => isIP(host) === 0 && !HOST_NAME.test(host));
  if (bad !== undefined) return err({ code: 'badHost', host: bad });

  const dir = join(dataDir, 'tls');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const caFile = join(dir, 'ca.crt');
  const known = existsSync(caFile) ? await loadAuthority(dir) : null;
  const authority = known ?? (await makeAuthority(dir, now));
  const validUntil = now + SERVER_DAYS * DAY;
  await makeServer(dir, authority, request, validUntil);
  const print = Buffer.from(await authority.certificate.getThumbprint('SHA-256')).toString('hex');
  const fingerprint = (print.match(/../g) ?? []).join(':').toUpperCase();
  return ok({ fingerprint, authority: known ? 'kept' : 'made', validUntil, caFile });
}

type Authority = { readonly certificate: x509.X509Certificate; readonly key: webcrypto.CryptoKey };

async function makeAuthority(dir: string, now: number): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serial(),
      name: 'CN=Relight local authority',
      notBefore: new Date(now - DAY),
      notAfter: new Date(now + AUTHORITY_DAYS * DAY),
      signingAlgorithm: ALGORITHM,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    },
    webcrypto,
  );
  await put(join(dir, 'ca-key.pem'), await keyPem(keys.privateKey));
  await put(join(dir, 'ca.crt'), certificate.toString('pem'));
  return { certificate, key: keys.privateKey };
}

async function loadAuthority(dir: string): Promise<Authority> {
  const pem = await readFile(join(dir, 'ca-key.pem'), 'utf8');
  const der = x509.PemConverter.decodeFirst(pem);
  return {
    certificate: new x509.X509Certificate(await readFile(join(dir, 'ca.crt'), 'utf8')),
    key: await webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']),
  };
}

async function makeServer(dir: string, authority: Authority, request: LanRequest, validUntil: number): Promise<void> {
  const { hosts, now } = request;
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: serial(),
      subject: 'CN=Relight server',
      issuer: authority.certificate.subject,
      notBefore: new Date(now - DAY),
      notAfter: new Date(validUntil),
      signingAlgorithm: ALGORITHM,
      publicKey: keys.publicKey,
      signingKey: authority.key,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(
          hosts.map((host) => ({ type: isIP(host) === 0 ? 'dns' : 'ip', value: host })),
        ),
        await x509.AuthorityKeyIdentifierExtension.create(authority.certificate),
      ],
    },
    webcrypto,
  );
  await put(join(dir, 'key.pem'), await keyPem(keys.privateKey));
  await put(join(dir, 'cert.pem'), certificate.toString('pem'));
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 24 * 60 * 60 * 1_000;
const AUTHORITY_DAYS = 3_650;
/** What the strictest browsers still take. */
const SERVER_DAYS = 397;
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

const newKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

const serial = (): string => `01${Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex')}`;

const keyPem = async (key: webcrypto.CryptoKey): Promise<string> =>
  x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');

/** Whole or not at all, and for nobody else's eyes. */
async function put(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, `${text}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
