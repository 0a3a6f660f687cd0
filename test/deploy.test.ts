import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { describe, expect, test } from 'vitest';

import { parseConfig } from '../server/config.ts';

const root = resolve(import.meta.dirname, '..');
const deploy = (name: string): string => readFileSync(join(root, 'server/deploy', name), 'utf8');
/** What the server reads at all, as its README lists it. */
const known = new Set(
  readFileSync(join(root, 'server/config.ts'), 'utf8')
    .matchAll(/^ {2}([A-Z_]+): /gm)
    .map(([, name]) => name ?? ''),
);
/** Part of the machine or not, never of the project. */
const SYSTEMD = 'systemd-analyze';
const hasSystemd = spawnSync(SYSTEMD, ['--version']).status === 0;

describe('the systemd unit', () => {
  const unit = deploy('relight.service');
  const settings = settingsIn([...unit.matchAll(/^Environment=(.*)$/gm)].map(([, line]) => line ?? '').join(' '));

  test('sets only what the server knows, to values it takes', () => {
    expect(Object.keys(settings).filter((name) => !known.has(name))).toEqual([]);
    const parsed = parseConfig(settings);
    expect(parsed.ok && parsed.value).toMatchObject({
      dataDir: '/var/lib/relight',
      trustedProxies: ['127.0.0.1'],
      publicUrl: 'https://relight.example.org',
      backup: { dir: '/mnt/backup/relight', everyMin: 15 },
    });
  });

  test('may write where the settings say, and starts what is here', () => {
    expect(unit).toContain(`StateDirectory=${settings['DATA_DIR']?.replace('/var/lib/', '')}\n`);
    expect(unit).toContain(`ReadWritePaths=-${settings['BACKUP_DIR']}\n`);
    const [node = '', entry = ''] = /^ExecStart=\/opt\/relight\/(\S+) (\S+)$/m.exec(unit)?.slice(1) ?? [];
    expect([node, entry].filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(entry).toBe('server/main.ts');
  });

  test.runIf(hasSystemd)('is in order for systemd', () => {
    expect(verified(unit)).toBe('');
    expect(verified(unit.replace('Restart=always', 'Restart=allways'))).toContain('allways');
  });

  /** What systemd says of a unit whose home is this folder. */
  function verified(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'relight-unit-'));
    try {
      const file = join(folder, 'relight.service');
      writeFileSync(file, text.replaceAll('/opt/relight', root).replace('User=relight', 'User=root'));
      const { stderr } = spawnSync(SYSTEMD, ['verify', '--man=no', file], { encoding: 'utf8' });
      return stderr
        .split('\n')
        .filter((line) => line.includes('relight.service'))
        .join('\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
});

describe('the container file', () => {
  const file = deploy('Containerfile');

  test('copies, starts and asks what is here', () => {
    const copied = [...file.matchAll(/^COPY --from=build \/opt\/relight\/(\S+)/gm)].map(([, path]) => path ?? '');
    expect(copied).toContain('server');
    // The build makes dist.
    expect(copied.filter((path) => path !== 'dist' && !existsSync(join(root, path)))).toEqual([]);
    expect(file).toContain('CMD ["node", "server/main.ts"]');
    expect(readFileSync(join(root, 'shared/api/endpoints.ts'), 'utf8')).toContain('/healthz');
  });

  test('brings everything that the server imports', () => {
    const main = readFileSync(join(root, 'package.json'), 'utf8');
    const { imports, engines } = JSON.parse(main) as { readonly imports: object; readonly engines: { node: string } };
    expect(imports).toEqual({ '#shared/*': './shared/*' });
    expect(Number(/^FROM node:(\d+)/m.exec(file)?.[1])).toBeGreaterThanOrEqual(Number(engines.node.replace('>=', '')));
  });

  test('sets only what the server knows, to values it takes', () => {
    const settings = settingsIn(/^ENV (.*)$/m.exec(file)?.[1] ?? '');
    expect(Object.keys(settings).filter((name) => !known.has(name))).toEqual([]);
    expect(parseConfig(settings).ok).toBe(true);
    expect(file).toContain(`VOLUME ${settings['DATA_DIR']}\n`);
  });
});

describe.each(['nginx.conf', 'Caddyfile'])('the proxy in %s', (name) => {
  const text = deploy(name);

  test('says which settings it needs, and they are taken', () => {
    const settings = settingsIn(/Relight: (.*)$/m.exec(text)?.[1] ?? '');
    expect(Object.keys(settings)).toEqual(['TRUSTED_PROXY', 'PUBLIC_URL', 'HOST']);
    expect(parseConfig(settings).ok).toBe(true);
    expect(text).toContain(settings['PUBLIC_URL']?.replace('https://', ''));
  });

  test('leads to where the unit listens, and holds no news back', () => {
    const unit = settingsIn([...deploy('relight.service').matchAll(/^Environment=(.*)$/gm)].join(' '));
    expect(text).toContain(`${unit['HOST']}:${unit['PORT']}`);
    expect(text).toMatch(/proxy_buffering off|flush_interval -1/);
  });
});

test('nginx says who asks and how, for Caddy does so by itself', () => {
  for (const header of ['Host', 'X-Forwarded-For', 'X-Forwarded-Proto'])
    expect(deploy('nginx.conf')).toContain(`proxy_set_header ${header} `);
});

/** `A=1 B=2` as settings. */
function settingsIn(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name ?? '', value ?? '']),
  );
}
