/** `level`: 0 … 1. */
export type Power = { readonly level: number; readonly charging: boolean };

/** Tells how full the battery is, now and whenever that changes; nothing where the browser does not say. */
export function watchPower(changed: (power: Power) => void): void {
  if (!hasBattery(navigator)) return;
  void navigator.getBattery().then((battery) => {
    const tell = (): void => changed({ level: battery.level, charging: battery.charging });
    battery.addEventListener('levelchange', tell);
    battery.addEventListener('chargingchange', tell);
    tell();
  });
}

type Battery = EventTarget & Power;

/** Chromium has it; the standard library of types does not. */
const hasBattery = (one: object): one is { getBattery(): Promise<Battery> } => 'getBattery' in one;
