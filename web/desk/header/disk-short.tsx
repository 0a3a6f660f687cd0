import { useDesk, useWords } from '../desk-state.ts';

/** The server runs out of room; told to whoever can see to it, with what to do, before work is not taken in any more. */
export function DiskShort() {
  const { client } = useDesk();
  const { t } = useWords();
  const { disk } = client.live.value;
  if (!disk) return null;
  const free = disk.free < GIB ? `${Math.floor(disk.free / MIB)} MB` : `${(disk.free / GIB).toFixed(1)} GB`;
  const what = t(disk.where === 'data' ? 'desk.diskData' : 'desk.diskCopies');
  return (
    <p class="clock-jump-bar" role="status">
      {t(disk.level === 'now' ? 'desk.diskNow' : 'desk.diskSoon', { free, what })}
    </p>
  );
}

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
