import { useDesk, useWords } from '../desk-state.ts';
import type { Judged } from '../judge.ts';
import { hazardWord } from '../order-words.ts';
import { pointText } from '../typed-point.ts';

/** What, where, who: only what is known has a line. */
export function Particulars({ one }: { readonly one: Judged }) {
  const desk = useDesk();
  const { t, format } = useWords();
  const { order, at } = one;
  const { report, reportedAt } = order;
  if (!report) return <p>{t('sheet.noReport')}</p>;
  const org = desk.client.org.value;
  const crew = order.crew === null ? undefined : org.crews.get(order.crew);
  const heard = order.crew === null ? undefined : desk.known.value.heard.get(order.crew);
  const { customer, point } = report;
  const etr = order.facts.findLast(({ kind }) => kind === 'etrSet')?.etr;
  const lines: readonly (readonly [string, string | undefined])[] = [
    [t('field.words'), report.words],
    [
      t('field.customer'),
      [customer?.name, customer?.phone, customer?.account].filter(Boolean).join(' · ') || t('sheet.noCustomer'),
    ],
    [
      t('field.reported'),
      reportedAt === null
        ? undefined
        : [format.when(reportedAt.est, at), t(`channel.${report.channel}`), org.units.get(report.unit)?.name]
            .filter(Boolean)
            .join(' · '),
    ],
    [
      t('field.crew'),
      order.crew === null
        ? t('sheet.noCrew')
        : [
            crew?.name ?? order.crew,
            crew?.van,
            crew?.phone,
            heard === undefined
              ? t('verdict.noNewsYet')
              : t('sheet.newsAge', { age: format.age(Math.max(0, at - heard)) }),
          ]
            .filter(Boolean)
            .join(' · '),
    ],
    [t('etr.told'), etr === undefined ? undefined : format.when(etr, at)],
    [t('field.point'), point ? pointText(point) : t('sheet.noPoint')],
    [t('field.transformer'), report.supply?.transformer],
    [t('field.feeder'), report.supply?.feeder],
    [t('field.source'), report.source ? `${report.source.system} · ${report.source.key}` : undefined],
  ];
  return (
    <div class="particulars">
      <p class="order-place">
        {report.address} <span class="meta">{t(`areaName.${report.area}`)}</span>
        {report.customers !== undefined && (
          <span class="meta tabular"> {t('sheet.customersOut', { n: report.customers })}</span>
        )}
      </p>
      {(report.hazards ?? []).length > 0 && (
        <p class="order-hazards">{(report.hazards ?? []).map((hazard) => hazardWord(hazard, t)).join(' · ')}</p>
      )}
      <dl>
        {lines.map(
          ([name, value]) =>
            value !== undefined && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </div>
  );
}
