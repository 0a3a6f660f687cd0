import type { Draft } from '../event/catalog.ts';
import { idOf, type Recorded } from '../event/envelope.ts';
import type { EventId } from '../ids.ts';
import type { Alert } from './order.ts';

type AlertDraft = Draft<'alertRaised' | 'alertAcknowledged' | 'alertWithdrawn' | 'alertClosedOut'>;

/** The alerts after one alert event. One alert per (rule, level, epoch); an ended one never comes back. */
export function foldAlert(alerts: readonly Alert[], draft: AlertDraft, recorded: Recorded): readonly Alert[] {
  const at = recorded.time.est;
  switch (draft.kind) {
    case 'alertRaised': {
      const { rule, level, epoch } = draft.data;
      if (alerts.some((one) => one.rule === rule && one.level === level && one.epoch === epoch)) return alerts;
      return [
        ...alerts,
        { ...draft.data, id: idOf(recorded.event), raisedAt: at, state: 'raised', taken: null, end: null },
      ];
    }
    case 'alertAcknowledged': {
      const { how, until, reason } = draft.data;
      const taken = { by: recorded.event.by, at, how, until: until ?? null, reason: reason ?? null };
      return change(alerts, draft.data.alert, (one) => ({ ...one, state: 'acknowledged', taken }));
    }
    case 'alertWithdrawn': {
      const { fact, time } = draft.data;
      // Also one that was closed out: that it was wrong is the last word.
      return alerts.map((one) =>
        one.id === draft.data.alert && one.state !== 'withdrawn'
          ? { ...one, state: 'withdrawn', end: { at, withdrawn: { fact, time } } }
          : one,
      );
    }
    case 'alertClosedOut': {
      const closedOut = draft.data.because;
      return change(alerts, draft.data.alert, (one) => ({ ...one, state: 'closedOut', end: { at, closedOut } }));
    }
  }
}

const change = (alerts: readonly Alert[], id: EventId, to: (alert: Alert) => Alert): readonly Alert[] =>
  alerts.map((one) => (one.id === id && one.end === null ? to(one) : one));
