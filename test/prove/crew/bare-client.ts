import Dexie, { type Table } from 'dexie';

type Row = { readonly subject: string; readonly events: readonly { readonly event: { readonly data: object } }[] };

const db = new Dexie('bare');
db.version(1).stores({ orders: 'subject' });
const orders: Table<Row, string> = db.table('orders');

if (location.hash === '#fill') {
  const records = (await (await fetch('/records')).json()) as Row[];
  await orders.bulkPut(records);
  document.title = 'filled';
} else {
  const list = document.querySelector('ul');
  for (const { subject, events } of await orders.toArray()) {
    const line = document.createElement('li');
    const address: unknown = Reflect.get(events[0]?.event.data ?? {}, 'address');
    line.textContent = `${subject} ${String(address)}`;
    list?.append(line);
  }
}
