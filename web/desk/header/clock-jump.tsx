import { useDesk, useWords } from '../desk-state.ts';

/** The machine's clock jumped and is not followed: times here are right, whoever runs the server has to look. */
export function ClockJump() {
  const { client } = useDesk();
  const { t, format } = useWords();
  const { jump } = client.live.value;
  if (!jump) return null;
  const words = { by: format.apart(Math.abs(jump.by)), time: format.when(jump.since, client.now.value) };
  return (
    <p class="clock-jump-bar" role="status">
      {t(jump.by > 0 ? 'desk.clockAhead' : 'desk.clockBehind', words)}
    </p>
  );
}
