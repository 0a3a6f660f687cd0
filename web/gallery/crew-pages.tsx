import type { PageText } from '../text/crew-pages-text.ts';
import type { CrewText } from '../text/crew-text.ts';
import type { Format } from '../text/format.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Banner } from '../ui/banner.tsx';
import { Card } from '../ui/card.tsx';
import { ConfirmInPlace } from '../ui/confirm-in-place.tsx';
import { CustodyLine } from '../ui/custody-line.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import {
  hazardIcon,
  mapIcon,
  navigateIcon,
  callIcon,
  ordersIcon,
  outboxIcon,
  reassignedIcon,
  backIcon,
} from '../ui/icons.ts';
import { ListRow } from '../ui/list-row.tsx';
import { QuietButton } from '../ui/quiet-button.tsx';
import { Section } from '../ui/section.tsx';
import { Strip } from '../ui/strip.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { VerdictChip } from '../ui/verdict-chip.tsx';

export type Say = { readonly t: CrewText; readonly p: PageText; readonly format: Format; readonly zh: boolean };

const MIN = 60_000;
const nothing = (): void => undefined;

function Bar({ say: { t } }: { readonly say: Say }) {
  return (
    <Tabs
      label={t('today.title')}
      current="orders"
      onChoose={nothing}
      tabs={[
        { id: 'orders', word: t('today.title'), icon: ordersIcon },
        { id: 'map', word: t('tab.map'), icon: mapIcon },
        { id: 'outbox', word: t('tab.outbox'), icon: outboxIcon, count: 3 },
      ]}
    />
  );
}

export function GalleryToday({ say }: { readonly say: Say }) {
  const { t, format, zh } = say;
  return (
    <div class="gallery-screen">
      <Strip
        start={zh ? '抢修3班 14:55' : 'Crew 3 14:55'}
        text={t('strip.noSignal', { n: 3, age: format.span(42 * MIN) })}
        onTap={nothing}
      />
      <main>
        <Section title={t('today.next')}>
          <Card>
            <div class="gallery-head">
              <span class="number">
                <VerdictChip look="soon" word={format.left(12 * MIN)} filled />
              </span>
              <span class="label tabular">{t('order.arriveBy', { time: '15:07' })}</span>
            </div>
            <div>
              <p class="label">{zh ? '幸福路18号 2栋 3单元门口' : '18 Xingfu Road, block 2, entrance 3'}</p>
              <p>{zh ? '全楼无电 · 报修 3 户 · 居家吸氧 1' : 'Whole block dark · 3 reports · 1 on home oxygen'}</p>
              <p class="meta tabular">A7K-2</p>
            </div>
            <ActionButton label={t('act.arrive')} onTap={nothing} />
          </Card>
        </Section>
        <Section title={t('today.others')} count={3}>
          <div>
            <ListRow
              lead={<VerdictChip look="running" share={0.47} word={format.left(48 * MIN)} />}
              title={zh ? '北桥村' : 'Beiqiao village'}
              note={t('state.accepted')}
              end="N3M-9"
              onTap={nothing}
            />
            <ListRow
              lead={<VerdictChip look="running" share={0.11} word={format.left(80 * MIN)} />}
              title={zh ? '水厂路' : 'Shuichang Road'}
              note={t('state.dispatched')}
              end="D5R-1"
              onTap={nothing}
              selected
            />
            <ListRow
              lead={
                <VerdictChip
                  look="unknown"
                  word={format.noNewsSince(
                    Date.parse('2026-11-21T14:02:00+08:00'),
                    Date.parse('2026-11-21T15:02:00+08:00'),
                  )}
                  second={t('verdict.limitPassed', { time: '14:47' })}
                />
              }
              title={zh ? '东街口 6 号' : '6 Dongjie corner'}
              note={t('state.departed')}
              end="D1Q-6"
              onTap={nothing}
            />
          </div>
        </Section>
        <Banner
          tone="ink"
          icon={reassignedIcon}
          title={t('away.title', { time: '14:40', crew: zh ? '抢修5班' : 'Crew 5' })}
        >
          C8T-4 · {t('away.kept')}
        </Banner>
      </main>
      <Bar say={say} />
    </div>
  );
}

export function GalleryOrder({ say, phase }: { readonly say: Say; readonly phase: 'ready' | 'asking' | 'done' }) {
  const { t, format, zh } = say;
  return (
    <div class="gallery-screen">
      <Strip start={zh ? '抢修3班 14:58' : 'Crew 3 14:58'} text={t('strip.working', { n: 3 })} onTap={nothing} />
      <main>
        <div class="gallery-head">
          <IconButton icon={backIcon} word={t('act.back')} onTap={nothing} />
          <span class="label tabular">A7K-2</span>
          <span class="number">
            <VerdictChip look="soon" word={format.left(9 * MIN)} second={t('verdict.limitAt', { time: '15:07' })} />
          </span>
        </div>
        <Card>
          <p class="label">{zh ? '幸福路18号 2栋 3单元门口' : '18 Xingfu Road, block 2, entrance 3'}</p>
          <p class="tabular">张* 138****2201</p>
          <p>{zh ? '全楼无电；闻到焦味' : 'Whole block dark; smell of burning'}</p>
          <div class="gallery-row gallery-grow">
            <QuietButton icon={navigateIcon} label={t('act.navigate')} onTap={nothing} />
            <QuietButton icon={callIcon} label={t('act.call')} onTap={nothing} whyNot={t('order.noPhone')} />
          </div>
        </Card>
        <Banner tone="amber" icon={hazardIcon} title={zh ? '居家吸氧 302 室' : 'Home oxygen, flat 302'} />
        {phase === 'ready' && (
          <Section title={t('order.trace')}>
            <div>
              <ListRow
                title={`14:31:40 ${t('act.depart')}`}
                end={<CustodyLine state="onTablet" word={t('custody.onTablet')} />}
              />
              <ListRow
                title={`14:12:05 ${t('act.accept')}`}
                end={<CustodyLine state="received" word={t('custody.received')} time="14:12" />}
              />
              <ListRow
                title={`14:07:30 ${t('act.dispatch')}`}
                end={<CustodyLine state="settled" word={t('custody.settled')} />}
              />
            </div>
          </Section>
        )}
      </main>
      <footer>
        <ConfirmInPlace
          phase={phase}
          first={{ label: t('act.arrive'), onTap: nothing }}
          confirm={{ label: t('act.confirmArrive'), onTap: nothing }}
          harmless={{ label: t('act.notYetArrived'), onTap: nothing }}
          fact={
            <>
              <span class="tabular">14:58:08 {t('state.arrived')}</span>
              <CustodyLine state="onTablet" word={t('custody.onTablet')} time="14:58:11" />
            </>
          }
        >
          <p class="clock">14:58:08</p>
          <p class="meta">{t('order.firstTap')}</p>
          <p>
            {t('verdict.limitAt', { time: '15:07' })} · {t('verdict.byThisTablet', { verdict: t('verdict.met') })}
          </p>
        </ConfirmInPlace>
      </footer>
      <Bar say={say} />
    </div>
  );
}
