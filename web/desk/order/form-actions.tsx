import { ActionButton } from '../../ui/action-button.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { useDesk, useWords } from '../desk-state.ts';

/** The end of every order form: do it, or leave it. */
export function FormActions({ label }: { readonly label: string }) {
  const desk = useDesk();
  const { t } = useWords();
  return (
    <div class="form-actions">
      <ActionButton label={label} keyHint="Ctrl+Enter" submits onTap={noop} />
      <QuietButton label={t('act.leave')} keyHint="Esc" onTap={() => (desk.orderForm.value = null)} />
    </div>
  );
}

// The form's own submit does the work, also for the keyboard.
const noop = (): void => undefined;
