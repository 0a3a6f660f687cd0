/**
 * Marks by keyboard: Tab reaches one of them, arrows go to the next mark in that direction, Enter or Space opens it.
 * The focus is never lost: where a mark goes away, the nearest one has it.
 */
export function markKeys(container: HTMLElement) {
  const marks = new Set<HTMLElement>();
  let reachable: HTMLElement | null = null;

  const reach = (node: HTMLElement | null): void => {
    if (reachable === node) return;
    reachable?.setAttribute('tabindex', '-1');
    node?.setAttribute('tabindex', '0');
    reachable = node;
  };
  const spotOf = (node: HTMLElement): Spot => {
    const { left, top, width, height } = node.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  };
  const nearest = (from: Spot, fits: (dx: number, dy: number) => boolean): HTMLElement | null => {
    let best: { readonly node: HTMLElement; readonly far: number } | null = null;
    const frame = container.getBoundingClientRect();
    for (const node of marks) {
      const { x, y } = spotOf(node);
      if (x < frame.left || x > frame.right || y < frame.top || y > frame.bottom) continue;
      const [dx, dy] = [x - from.x, y - from.y];
      const far = Math.hypot(dx, dy);
      if (fits(dx, dy) && (best === null || far < best.far)) best = { node, far };
    }
    return best?.node ?? null;
  };

  const press = (event: KeyboardEvent): void => {
    const node = event.target;
    if (!(node instanceof HTMLElement) || !marks.has(node)) return;
    const towards = DIRECTIONS[event.key];
    if (towards) {
      const next = nearest(spotOf(node), towards);
      if (next) {
        reach(next);
        next.focus({ preventScroll: true });
      }
    } else if (event.key === 'Enter' || event.key === ' ') node.click();
    else return;
    // The map would be moved by arrows, and the desk would open the order that is chosen.
    event.preventDefault();
    event.stopPropagation();
  };
  container.addEventListener('keydown', press, { capture: true });

  return {
    add: (node: HTMLElement): void => {
      node.setAttribute('role', 'button');
      node.setAttribute('tabindex', '-1');
      marks.add(node);
      if (!reachable) reach(node);
    },
    /** To be called before the node leaves the page. */
    remove: (node: HTMLElement): void => {
      const focused = document.activeElement === node;
      const from = spotOf(node);
      marks.delete(node);
      if (reachable !== node) return;
      const next = nearest(from, () => true);
      reach(next);
      if (focused) (next ?? container).focus({ preventScroll: true });
    },
    end: () => container.removeEventListener('keydown', press, { capture: true }),
  };
}

type Spot = { readonly x: number; readonly y: number };

const DIRECTIONS: Readonly<Record<string, (dx: number, dy: number) => boolean>> = {
  ArrowRight: (dx, dy) => dx > 1 && Math.abs(dy) <= dx * 1.5,
  ArrowLeft: (dx, dy) => dx < -1 && Math.abs(dy) <= -dx * 1.5,
  ArrowDown: (dx, dy) => dy > 1 && Math.abs(dx) <= dy * 1.5,
  ArrowUp: (dx, dy) => dy < -1 && Math.abs(dx) <= -dy * 1.5,
};
