import { Client } from 'pg';

/**
 * A deliberately broken server for the negative control: positions come from a sequence, as a serial column gives them
 * out, and not from the counter row, so they are taken in one order and seen in another. Nothing else differs.
 */
const BROKEN: readonly (readonly [RegExp, string])[] = [
  [
    /^select \* from head for update$/,
    `select id, nextval('serial_q') - 1 as q, chain, epoch, safe, rcv, process, gather_until from head`,
  ],
  [
    /^update head set q = \$1, chain = \$2, rcv = \$3 where q = \$4 returning q$/,
    'update head set q = greatest(q, $1), chain = $2, rcv = $3 where $4::bigint is not null returning q',
  ],
  [
    /^select coalesce\(\(select max\(id\) from receipt\)[\s\S]*$/,
    `select n as receipt, n as held, n as scope, n as membership from (select nextval('serial_ids') * 1000 as n) one`,
  ],
  // What takes its time before it is over lets others overtake.
  [/^commit$/, `select pg_sleep(random() * 0.03); commit`],
];

// oxlint-disable-next-line typescript/unbound-method -- called with the client it belongs to
const honest = Client.prototype.query as (this: Client, ...args: unknown[]) => unknown;

Client.prototype.query = function query(this: Client, text: unknown, ...rest: unknown[]) {
  const broken = typeof text === 'string' ? BROKEN.find(([said]) => said.test(text))?.[1] : undefined;
  return honest.call(this, broken ?? text, ...rest);
} as typeof Client.prototype.query;

await import('../../server/main.ts');
