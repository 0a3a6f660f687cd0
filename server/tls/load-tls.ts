import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The server's own certificate and key out of `DATA_DIR/tls`, or null: then it speaks plain http. */
export async function loadTls(dataDir: string): Promise<{ readonly cert: string; readonly key: string } | null> {
  const cert = join(dataDir, 'tls', 'cert.pem');
  const key = join(dataDir, 'tls', 'key.pem');
  if (!existsSync(cert) || !existsSync(key)) return null;
  return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') };
}
