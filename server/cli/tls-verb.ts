import { networkInterfaces } from 'node:os';

import { err, ok } from '#shared/result.ts';

import { makeLanCertificates } from '../tls/lan-certificates.ts';
import { terminalQr } from '../tls/terminal-qr.ts';
import { readOptions, wrong, type Verb } from './verb.ts';
import { settings } from './with-store.ts';

export const tlsVerb: Verb = {
  usage: '[HOST …]',
  help: [
    'HOST  names and addresses tablets reach the server by; without any: those of this machine',
    'The authority is made once and kept, the server certificate each time. Start the server again afterwards,',
    'and trust the authority once on each tablet: the QR code leads to it.',
  ],
  run: async (args, terminal) => {
    const options = readOptions(args, {});
    if (!options.ok) return options;
    const config = settings(terminal);
    if (!config.ok) return config;
    const { dataDir, port } = config.value;
    const { positionals } = options.value;
    const hosts = positionals.length > 0 ? positionals : ownAddresses();
    const made = await makeLanCertificates({ dataDir, hosts, now: terminal.clock() });
    if (!made.ok) {
      const { error } = made;
      return err(
        wrong('HOST', error.code === 'badHost' ? `“${error.host}” is no host name or address` : 'name a host'),
      );
    }
    const { fingerprint, authority, caFile, validUntil } = made.value;
    const address = `https://${hosts[0]?.includes(':') ? `[${hosts[0]}]` : hosts[0]}:${port}/ca.crt`;
    await terminal.result({ hosts, fingerprint, authority, caFile, validUntil, address }, [
      `Authority ${authority}: ${caFile}`,
      `Fingerprint ${fingerprint}`,
      `Server certificate for ${hosts.join(', ')}, valid until ${new Date(validUntil).toISOString().slice(0, 10)}.`,
      `On each tablet open ${address} and trust it, then compare the fingerprint.`,
      terminalQr(address),
    ]);
    return ok(0);
  },
};

const ownAddresses = (): readonly string[] => [
  ...Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  ),
  'localhost',
  '127.0.0.1',
];
