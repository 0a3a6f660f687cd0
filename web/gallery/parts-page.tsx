import { ActionButton } from '../ui/action-button.tsx';
import { Banner } from '../ui/banner.tsx';
import { Card } from '../ui/card.tsx';
import { CustodyLine } from '../ui/custody-line.tsx';
import { CustodyMark } from '../ui/custody-mark.tsx';
import { EmptyLine } from '../ui/empty-line.tsx';
import { Field } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import * as icons from '../ui/icons.ts';
import { ListboxOption } from '../ui/listbox-option.tsx';
import { QuietButton } from '../ui/quiet-button.tsx';
import { Section } from '../ui/section.tsx';
import { SegmentedChoice } from '../ui/segmented-choice.tsx';
import { Strip } from '../ui/strip.tsx';
import { TimeLabel } from '../ui/time-label.tsx';
import { VerdictChip } from '../ui/verdict-chip.tsx';
import { VerdictMark } from '../ui/verdict-mark.tsx';
import type { Say } from './crew-pages.tsx';

const nothing = (): void => undefined;
const MIN = 60_000;

export function GalleryParts({ say }: { readonly say: Say }) {
  return (
    <div class="gallery">
      <Marks say={say} />
      <Buttons say={say} />
      <Lines say={say} />
      <Forms say={say} />
    </div>
  );
}

function Marks({ say: { t, format } }: { readonly say: Say }) {
  const now = Date.parse('2026-11-21T15:00:00+08:00');
  const chips = [
    { look: 'met', word: t('verdict.met') },
    { look: 'running', share: 0.35, word: format.left(48 * MIN) },
    {
      look: 'running',
      share: 0.7,
      silent: true,
      word: format.left(48 * MIN),
      second: t('verdict.noNewsFor', { age: format.span(38 * MIN) }),
    },
    { look: 'soon', word: format.left(12 * MIN) },
    { look: 'missed', word: format.over(7 * MIN) },
    {
      look: 'unknown',
      word: format.noNewsSince(now - 58 * MIN, now),
      second: t('verdict.limitPassed', { time: '14:47' }),
    },
  ] as const;
  return (
    <Section title="VerdictMark, VerdictChip, CustodyLine, TimeLabel" count={chips.length}>
      {[16, 20, 32, 56].map((size) => (
        <div key={size} class="gallery-row">
          {[0, 0.1, 0.25, 0.5, 0.8, 1].map((share) => (
            <VerdictMark key={share} look="running" share={share} size={size} />
          ))}
          {chips.map((chip, index) => (
            <VerdictMark key={index} {...chip} size={size} />
          ))}
          {(['onTablet', 'received', 'settled', 'held'] as const).map((state) => (
            <CustodyMark key={state} state={state} size={size} />
          ))}
        </div>
      ))}
      <div class="gallery-row">
        {chips.map((chip) => (
          <VerdictChip key={`${chip.look}${chip.word}`} {...chip} />
        ))}
      </div>
      <div class="gallery-row number">
        {chips.map((chip) => (
          <VerdictChip key={`${chip.look}${chip.word}`} {...chip} filled />
        ))}
      </div>
      <div class="gallery-row">
        <CustodyLine state="onTablet" word={t('custody.onTablet')} time="14:58" />
        <CustodyLine state="received" word={t('custody.received')} time="15:02" />
        <CustodyLine state="settled" word={t('custody.settled')} />
        <CustodyLine state="held" word={t('custody.held')} second={t('custody.heldNothingToDo')} />
      </div>
      <div class="gallery-row">
        <TimeLabel
          label={t('time.plusMinus', { time: '14:21', error: t('time.seconds', { n: 20 }) })}
          why={t('sureness.offsets')}
        />
        <TimeLabel
          label={t('time.clockUnsure', { time: '14:21', error: t('time.minutes', { n: 40 }) })}
          why={t('sureness.setBack')}
          unsure
        />
      </div>
    </Section>
  );
}

function Buttons({ say: { t } }: { readonly say: Say }) {
  return (
    <Section title="Buttons">
      <ActionButton label={t('act.arrive')} onTap={nothing} keyHint="D" />
      <ActionButton label={t('act.restore')} onTap={nothing} whyNot={t('order.firstTap')} />
      <div class="gallery-row">
        <QuietButton label={t('act.claim')} keyHint="C" onTap={nothing} />
        <QuietButton label={t('act.call')} icon={icons.callIcon} onTap={nothing} />
        <QuietButton label={t('act.more')} onTap={nothing} pressed />
        <QuietButton label={t('act.call')} onTap={nothing} whyNot={t('order.noPhone')} />
      </div>
      <div class="gallery-row">
        {Object.entries(icons).map(([name, icon], index) => (
          <IconButton
            key={name}
            icon={icon}
            word={name.replace('Icon', '')}
            onTap={nothing}
            pressed={index === 3 ? true : undefined}
          />
        ))}
      </div>
    </Section>
  );
}

function Lines({ say: { t, format } }: { readonly say: Say }) {
  return (
    <Section title="Strip, Banner, Card, EmptyLine">
      <Strip text={t('strip.allReceived', { time: '14:55' })} onTap={nothing} />
      <Strip start="14:55" text={t('strip.noSignal', { n: 3, age: format.span(42 * MIN) })} onTap={nothing} />
      <Strip
        text={t('strip.sessionEnded', { n: 3 })}
        tone="amber"
        action={{ label: t('act.signIn'), onTap: nothing }}
      />
      <Strip text={t('strip.storageLost', { n: 3 })} tone="red" />
      <Banner title={t('strip.blocked')} tone="amber" icon={icons.hazardIcon}>
        {t('away.askDesk')}
      </Banner>
      <Banner title={t('strip.storageLost', { n: 3 })} tone="red">
        {t('away.kept')}
      </Banner>
      <Card selected>
        <p class="label">A7K-2</p>
        <p>{t('away.stillAllowed')}</p>
      </Card>
      <Card faded>
        <p>{t('alert.withdrawn')}</p>
      </Card>
      <EmptyLine text={t('today.empty', { time: '14:55' })} />
    </Section>
  );
}

function Forms({ say: { t, p } }: { readonly say: Say }) {
  return (
    <Section title="Field, ListboxOption, SegmentedChoice">
      <Field name="code" label={p('enrol.type')} hint={p('enrol.hint')} value="A7K2-P9QX" onInput={nothing} tabular />
      <Field name="used" label={p('enrol.type')} value="A7K2-P9QX" onInput={nothing} error={p('enrol.codeUsed')} />
      <Field
        name="why"
        kind="select"
        label={t('away.reason')}
        value="a"
        onInput={nothing}
        options={[{ value: 'a', label: t('order.noPhone') }]}
      />
      <Field name="note" kind="area" label={t('act.note')} value="" onInput={nothing} />
      <div role="listbox" aria-label={t('away.reason')}>
        <ListboxOption id="option-0" chosen onTake={nothing} shape="">
          {t('act.note')}
        </ListboxOption>
        <ListboxOption id="option-1" chosen={false} off onTake={nothing} shape="">
          {t('order.noPhone')}
        </ListboxOption>
      </div>
      <SegmentedChoice
        label={t('theme.label')}
        value="night"
        onChoose={nothing}
        options={(['light', 'night', 'sun'] as const).map((value) => ({ value, label: t(`theme.${value}`) }))}
      />
    </Section>
  );
}
