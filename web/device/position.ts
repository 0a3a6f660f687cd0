/** A position fix: degrees, metres of uncertainty, when it was taken, ms, and metres per second where that is known. */
export type PositionFix = {
  readonly lat: number;
  readonly lon: number;
  readonly acc: number;
  readonly at: number;
  readonly speed?: number;
};

/** Follows the device's own position; `null` when it is not to be had. Gives back how to end it. */
export function followPosition(onFix: (fix: PositionFix | null) => void): () => void {
  if (!('geolocation' in navigator)) {
    onFix(null);
    return () => undefined;
  }
  const id = navigator.geolocation.watchPosition(
    ({ coords, timestamp }) =>
      onFix({
        lat: coords.latitude,
        lon: coords.longitude,
        acc: coords.accuracy,
        at: Math.round(timestamp),
        ...(coords.speed === null ? {} : { speed: coords.speed }),
      }),
    () => onFix(null),
    { enableHighAccuracy: true, maximumAge: 15_000 },
  );
  return () => navigator.geolocation.clearWatch(id);
}
