import { Dexie, type Table } from 'dexie';

import type { CacheMeta, SubjectRecord } from '#shared/engine/ports.ts';
import type { Q, Subject } from '#shared/ids.ts';

export type CacheMetaRow = CacheMeta & { readonly key: 'cache'; readonly fence: number };

/** The cache database: disposable, one record per subject with its events inside (I15). */
export class CacheDb extends Dexie {
  readonly subjects!: Table<SubjectRecord, Subject>;
  /** A pull from nothing gathers here until it is whole. */
  readonly staged!: Table<SubjectRecord, Subject>;
  readonly reads!: Table<{ readonly subject: Subject; readonly q: Q }, Subject>;
  readonly meta!: Table<CacheMetaRow, 'cache'>;

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'strict', cache: 'disabled' });
    this.version(1).stores({ subjects: 'subject', staged: 'subject', reads: 'subject', meta: 'key' });
    this.on('versionchange', () => this.close({ disableAutoOpen: false }));
  }
}
