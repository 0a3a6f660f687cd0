import './clock-lines.css';
import type { CrewId } from '#shared/ids.ts';
import type { Alert, Order } from '#shared/order/order.ts';
import { isWatched, leading } from '#shared/sla/leading.ts';

import { useClient } from '../../read/client-context.ts';
import type { CrewText } from '../../text/crew-text.ts';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { sayVerdict } from '../local-verdict-words.ts';
import { type LocalVerdict, localVerdicts } from '../local-verdict.ts';
import { useWords } from '../shell.ts';

/**
 * Every clock that somebody is told of, as this tablet sees it, and what the centre says where it cannot agree yet. The
 * one that runs next stands in the chip above.
 */
export function ClockLines({ order, crew }: { readonly order: Order; readonly crew: CrewId }) {
  const client = useClient();
  const now = client.now.value;
  const all = localVerdicts(order, { crew, now, activations: client.org.value.activations });
  const above = leading(all);
  const lines = all.filter((one) => isWatched(one.clock.rule) && (one !== above || one.verdict.is !== 'running'));
  if (lines.length === 0) return null;
  return (
    <ul class="clock-lines">
      {lines.map((one) => (
        <Line key={one.clock.rule.id} one={one} order={order} now={now} />
      ))}
    </ul>
  );
}

type LineProps = { readonly one: LocalVerdict; readonly order: Order; readonly now: number };

function Line({ one, order, now }: LineProps) {
  const words = useWords();
  const { t, f, lang } = words;
  const { rule, epoch, limit } = one.clock;
  const said = sayVerdict(one, words, now);
  const alert = order.alerts.findLast(
    (each) => each.rule === rule.id && each.epoch === epoch && each.end === null && !each.quiet,
  );
  const centre = alert ? centreSays(alert, t) : null;
  const silent = one.verdict.is === 'unknown' && one.verdict.why === 'silent';
  const line = [
    rule.name[lang],
    t('verdict.limitAt', { time: f.when(limit.to, now) }),
    silent ? t('order.othersSilent') : t('verdict.byThisTablet', { verdict: said.word }),
    ...(one.verdict.is === 'met' && said.second !== undefined ? [said.second] : []),
  ];
  return (
    <li>
      <VerdictMark {...said.shape} size={24} />
      <span class="tabular">
        {line.join(' · ')}
        {centre !== null && <span class="clock-centre">{centre}</span>}
      </span>
    </li>
  );
}

/** What stands at the centre; while a clock runs there is nothing to add. */
function centreSays(alert: Alert, t: CrewText): string | null {
  if (alert.level === 'soon') return null;
  if (alert.because === 'clock') return t('order.centreClock');
  if (alert.level === 'contact') return t('order.centreSilent');
  return alert.level === 'missed' ? t('order.centreMissed') : null;
}
