import './custody-line.css';
import { type Custody, CustodyMark } from './custody-mark.tsx';

export type CustodyLineProps = {
  readonly state: Custody;
  /** "本机已存". */
  readonly word: string;
  /** When that state was reached: "14:58". */
  readonly time?: string | undefined;
  /** "不用你做什么". */
  readonly second?: string | undefined;
};

/** Stands under the action it belongs to: where the record of that action is now. */
export function CustodyLine({ state, word, time, second }: CustodyLineProps) {
  return (
    <span class="custody-line">
      <CustodyMark state={state} />
      <span>{word}</span>
      {time !== undefined && <time class="tabular">{time}</time>}
      {second !== undefined && <span class="custody-second">{second}</span>}
    </span>
  );
}
