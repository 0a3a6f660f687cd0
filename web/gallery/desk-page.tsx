import { ActionButton } from '../ui/action-button.tsx';
import { Card } from '../ui/card.tsx';
import { CustodyLine } from '../ui/custody-line.tsx';
import { Drawer } from '../ui/drawer.tsx';
import { Field } from '../ui/field.tsx';
import { ListRow } from '../ui/list-row.tsx';
import { QuietButton } from '../ui/quiet-button.tsx';
import { Section } from '../ui/section.tsx';
import { Strip } from '../ui/strip.tsx';
import { VerdictChip } from '../ui/verdict-chip.tsx';
import type { ShapeInput } from '../ui/verdict-shape.ts';
import type { Say } from './crew-pages.tsx';

const nothing = (): void => undefined;
const MIN = 60_000;

export function GalleryDesk({ say: { t, format, zh } }: { readonly say: Say }) {
  const now = Date.parse('2026-11-21T14:55:00+08:00');
  const rows: readonly (ShapeInput & { readonly word: string; readonly id: string; readonly place: string })[] = [
    { look: 'missed', word: format.over(7 * MIN), id: 'P4X-3', place: zh ? '育才路6号' : '6 Yucai Road' },
    {
      look: 'unknown',
      word: format.noNewsSince(now - 53 * MIN, now),
      id: 'N3M-9',
      place: zh ? '北桥村' : 'Beiqiao village',
    },
    { look: 'soon', word: format.left(6 * MIN), id: 'D5R-1', place: zh ? '东街口' : 'Dongjie corner' },
    { look: 'running', share: 0.5, word: format.left(24 * MIN), id: 'F9H-3', place: zh ? '文庙' : 'Wenmiao' },
    {
      look: 'running',
      share: 0.3,
      silent: true,
      word: format.left(31 * MIN),
      id: 'G4W-8',
      place: zh ? '火车站' : 'Railway station',
    },
    { look: 'met', word: t('verdict.met'), id: 'D1Q-6', place: zh ? '西门菜场' : 'Ximen market' },
  ];
  return (
    <>
      <Strip start={zh ? '城西属地 夜班 王调度' : 'West district, night, Wang'} text="14:55:20" />
      <div class="gallery">
        <Section title={t('today.title')} count={212}>
          <div>
            {rows.map(({ id, place, ...chip }, index) => (
              <ListRow
                key={id}
                lead={<VerdictChip {...chip} />}
                title={place}
                end={id}
                onTap={nothing}
                selected={index === 1}
              />
            ))}
          </div>
        </Section>
        <div class="gallery-drawer">
          <Drawer
            title={
              <>
                <span class="tabular">D1Q-6</span>
                <VerdictChip look="met" word={t('verdict.met')} />
              </>
            }
            closeLabel={t('act.close')}
            onClose={nothing}
          >
            <div class="gallery-row">
              <ActionButton label={t('act.dispatch')} keyHint="D" onTap={nothing} />
              <QuietButton label={t('act.byRadio')} keyHint="R" onTap={nothing} />
              <QuietButton label={t('act.reassign')} keyHint="A" onTap={nothing} whyNot={t('verdict.noNewsYet')} />
            </div>
            <Section title={t('order.trace')}>
              <div>
                <ListRow
                  title={`14:21:08 ${t('act.arrive')}`}
                  note="A7K · A"
                  end={<CustodyLine state="received" word={t('custody.received')} time="16:10" />}
                />
                <ListRow
                  title={`13:58:40 ${t('act.depart')}`}
                  note="A7K · A"
                  end={<CustodyLine state="settled" word={t('custody.settled')} />}
                />
              </div>
            </Section>
            <Field name="note" label={t('act.note')} value="" onInput={nothing} />
          </Drawer>
        </div>
        <Section title={t('alert.alert')} count={9}>
          <Card>
            <div class="gallery-head">
              <VerdictChip
                look="missed"
                word={format.over(7 * MIN)}
                second={t('verdict.limitAt', { time: '14:48' })}
                filled
              />
              <span class="label">{t('alert.new')}</span>
            </div>
            <p>P4X-3 {zh ? '育才路6号 · 居家吸氧 · 报修 3 户' : '6 Yucai Road · home oxygen · 3 reports'}</p>
            <div class="gallery-row">
              <ActionButton label={t('act.claim')} keyHint="C" onTap={nothing} />
              <QuietButton label={t('act.shelve')} keyHint="S" onTap={nothing} />
              <QuietButton label={t('act.byRadio')} keyHint="R" onTap={nothing} />
            </div>
          </Card>
          <Card faded>
            <p>{t('alert.withdrawn')} · 14:46</p>
          </Card>
        </Section>
      </div>
    </>
  );
}
