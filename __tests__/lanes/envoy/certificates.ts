import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate authority of the tests, made with openssl. */
export class Authority {
  public readonly file: string;
  private readonly key: string;
  private serial = 1;

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, 'ca.crt');
    this.key = join(folder, 'ca.key');
    const subject = ['-subj', '/CN=test authority', '-days', '2', '-nodes'];
    openssl('req', '-x509', ...newKey, '-keyout', this.key, '-out', this.file, ...subject);
  }

  /** A certificate for some names, as PEM. */
  public issue(...names: readonly string[]): { readonly cert: string; readonly key: string } {
    const path = (ending: string) => join(this.folder, `leaf-${this.serial}.${ending}`);
    const alternatives = `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`;
    openssl('req', ...newKey, '-nodes', '-keyout', path('key'), '-out', path('csr'), '-subj', '/CN=leaf');
    writeFileSync(path('ext'), alternatives);
    const signed = ['-CA', this.file, '-CAkey', this.key, '-set_serial', String(this.serial + 1)];
    const more = ['-days', '2', '-extfile', path('ext'), '-out', path('crt')];
    openssl('x509', '-req', '-in', path('csr'), ...signed, ...more);
    const issued = { cert: readFileSync(path('crt'), 'utf8'), key: readFileSync(path('key'), 'utf8') };
    this.serial += 1;
    return issued;
  }
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: 'pipe' });
}

/** Puts a certificate where a Secret is mounted, in the way in which a kubelet replaces one. */
export function mountSecret(
  folder: string,
  { cert, key }: { cert: string; key: string },
  version: number,
): void {
  const data = join(folder, `..version-${version}`);
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'tls.crt'), cert);
  writeFileSync(join(data, 'tls.key'), key);
  symlinkSync(`..version-${version}`, join(folder, '..data_tmp'));
  renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
  if (version > 1) return;
  for (const name of ['tls.crt', 'tls.key']) symlinkSync(join('..data', name), join(folder, name));
}
