/// What the simulator offers: devices with values that behave as real ones do. A value is a function of the
/// moment alone, so that a past day can be sent as well as the next second.

export type Reading = Record<string, number | string | boolean>;

export interface SimulatedDevice {
  name: string;
  label: string;
  /// The key of its profile in `profiles` of the scenario; the tenant's default profile where none is named.
  profile?: string;
  attributes?: Reading;
  /// What it says at that moment, in milliseconds.
  at: (ts: number) => Reading;
}

export interface Scenario {
  id: string;
  /// English, translated where it is shown.
  title: string;
  text: string;
  /// Data of device profiles by their names.
  profiles: Record<string, Record<string, unknown>>;
  devices: SimulatedDevice[];
  /// How much of the past is sent when it is set up, in days, and how far apart.
  pastDays: number;
  pastStepMs: number;
  everyMs: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/// Between 0 and 1, the same for the same moment and seed, and smooth between two steps.
export function noise(ts: number, stepMs: number, seed: number): number {
  const step = Math.floor(ts / stepMs);
  const part = ts / stepMs - step;
  const ease = part * part * (3 - 2 * part);
  return random(step, seed) * (1 - ease) + random(step + 1, seed) * ease;
}

/// Between 0 at midnight and 24, where the browser is.
export function hourOf(ts: number): number {
  const date = new Date(ts);
  return date.getHours() + date.getMinutes() / 60 + date.getSeconds() / 3_600;
}

/// How much of the sun's full light comes in, 0 to 1, under moving clouds.
export function sunlight(ts: number): number {
  const height = Math.sin(((hourOf(ts) - 6) / 12) * Math.PI);
  return Math.max(0, height) * (0.45 + 0.55 * noise(ts, hourMs / 2, 7));
}

/// What a household draws in watts: a base, a morning and an evening, and appliances now and then.
export function household(ts: number): number {
  const hour = hourOf(ts);
  const bump = (centre: number, width: number) => Math.exp(-(((hour - centre) / width) ** 2));
  const appliance = noise(ts, hourMs / 3, 11) > 0.72 ? 900 : 0;
  return 220 + 700 * bump(7.5, 1.2) + 1_300 * bump(19, 2) + appliance + 80 * noise(ts, 60_000, 3);
}

const roofWatts = (ts: number) => 5_200 * sunlight(ts);

const meterStart = Date.UTC(2026, 0, 1) / dayMs;

/// Watts added up to kilowatt hours since a fixed day, so that every tab reads the same from the meter.
function meter(watts: (ts: number) => number): (ts: number) => number {
  const stepMs = 15 * 60_000;
  // The reading at the beginning of each day since the fixed one.
  const readings = [0];
  const used = (from: number, until: number) => {
    let sum = 0;
    for (let at = from; at < until; at += stepMs)
      sum += watts(at) * (Math.min(stepMs, until - at) / hourMs / 1_000);
    return sum;
  };
  return (ts) => {
    const day = Math.max(meterStart, Math.floor(ts / dayMs));
    for (let known = meterStart + readings.length - 1; known < day; known++)
      readings.push((readings.at(-1) as number) + used(known * dayMs, (known + 1) * dayMs));
    return (readings[day - meterStart] as number) + used(day * dayMs, ts);
  };
}

const consumed = meter(household);
const produced = meter(roofWatts);

const tariff = {
  currency: "EUR",
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  price: 0.31,
  rates: [{ name: "night", price: 0.22, from: "22:00", until: "06:00" }],
};

function house(ts: number): Reading {
  return { power: round(household(ts), 0), consumption: round(consumed(ts), 3) };
}

function roof(ts: number): Reading {
  const watts = roofWatts(ts);
  return {
    power: round(watts, 0),
    production: round(produced(ts), 3),
    light: round(sunlight(ts) * 98_000, 0),
  };
}

function battery(ts: number): Reading {
  const level = 50 + 42 * Math.sin(((hourOf(ts) - 11) / 24) * 2 * Math.PI) + 4 * noise(ts, hourMs, 5);
  const surplus = roofWatts(ts) - household(ts);
  return { level: round(Math.min(100, level), 1), charging: surplus > 0, power: round(surplus / 2, 0) };
}

function weather(ts: number): Reading {
  const warmth = Math.sin(((hourOf(ts) - 9) / 24) * 2 * Math.PI);
  const rain = noise(ts, 3 * hourMs, 21);
  return {
    temperature: round(14 + 6 * warmth + 4 * noise(ts, 6 * hourMs, 1), 1),
    humidity: round(62 - 18 * warmth + 12 * noise(ts, 2 * hourMs, 2), 0),
    pressure: round(1_008 + 14 * noise(ts, 12 * hourMs, 4), 1),
    windSpeed: round(9 * noise(ts, hourMs / 4, 6) ** 2 * 3, 1),
    windDirection: round(360 * noise(ts, 2 * hourMs, 8), 0),
    light: round(sunlight(ts) * 98_000, 0),
    rain: rain > 0.7 ? round((rain - 0.7) * 20, 1) : 0,
  };
}

/// Round the middle of Prague in forty minutes, slower in the turns.
function van(ts: number): Reading {
  const turn = ((ts % (40 * 60_000)) / (40 * 60_000)) * 2 * Math.PI;
  const speed = 28 + 22 * noise(ts, 90_000, 31);
  return {
    latitude: round(50.08 + 0.03 * Math.sin(turn) + 0.006 * Math.sin(3 * turn), 6),
    longitude: round(14.43 + 0.05 * Math.cos(turn) + 0.008 * Math.cos(2 * turn), 6),
    speed: round(speed, 1),
    battery: round(100 - hourOf(ts) * 3.2, 1),
    doorOpen: noise(ts, 5 * 60_000, 41) > 0.85,
  };
}

export const scenarios: Scenario[] = [
  {
    id: "weather",
    title: "Weather station",
    text: "Temperature, wind, light and rain of a garden, with the last day already there.",
    profiles: {},
    devices: [
      {
        name: "Weather station",
        label: "Garden",
        attributes: { latitude: 50.087, longitude: 14.421 },
        at: weather,
      },
    ],
    pastDays: 1,
    pastStepMs: 5 * 60_000,
    everyMs: 2_000,
  },
  {
    id: "home",
    title: "House with a solar roof",
    text: "A meter, a roof and a battery with a tariff, and two weeks of the past for the energy page.",
    profiles: {
      "House meter": {
        valueKinds: {
          consumption: { kind: "COUNTER", unit: "kWh", tariff },
          power: { kind: "GAUGE", unit: "W" },
        },
      },
      "Solar inverter": {
        valueKinds: {
          production: { kind: "COUNTER", unit: "kWh" },
          power: { kind: "GAUGE", unit: "W" },
          light: { kind: "GAUGE", unit: "lx" },
        },
      },
      "Battery store": {
        valueKinds: { level: { kind: "GAUGE", unit: "%" }, power: { kind: "GAUGE", unit: "W" } },
      },
    },
    devices: [
      { name: "House meter", label: "Cellar", profile: "House meter", at: house },
      { name: "Solar inverter", label: "Roof", profile: "Solar inverter", at: roof },
      { name: "House battery", label: "Cellar", profile: "Battery store", at: battery },
    ],
    pastDays: 14,
    pastStepMs: 15 * 60_000,
    everyMs: 2_000,
  },
  {
    id: "van",
    title: "A van on its round",
    text: "Position, speed and a door that should be closed; made for the map and its fences.",
    profiles: {},
    devices: [{ name: "Delivery van", label: "Prague", at: van }],
    pastDays: 0.1,
    pastStepMs: 20_000,
    everyMs: 1_000,
  },
];

/// The readings of a device's past, oldest first.
export function past(
  { at }: SimulatedDevice,
  { pastDays, pastStepMs }: Scenario,
  now: number,
): { ts: number; values: Reading }[] {
  const found = [];
  for (let ts = now - pastDays * dayMs; ts < now; ts += pastStepMs)
    found.push({ ts: Math.round(ts), values: at(ts) });
  return found;
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

function random(step: number, seed: number): number {
  // Wang's hash: one number to another that looks unlike it.
  let hash = (step ^ (seed * 0x9e3779b1)) >>> 0;
  hash = Math.imul(hash ^ 61 ^ (hash >>> 16), 9);
  hash = Math.imul(hash ^ (hash >>> 4), 0x27d4eb2d);
  return ((hash ^ (hash >>> 15)) >>> 0) / 0xffffffff;
}
