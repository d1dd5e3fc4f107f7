/// The simulated devices that run in this tab: they send by HTTP with their access tokens, as real ones do,
/// and go on while another page is open.
import { useSyncExternalStore } from "react";
import { get, post, postPublic } from "../../api/http";
import type { Device, DeviceCredentials, DeviceProfile, EntityId, Page } from "../../api/types";
import { past, type Reading, type Scenario, type SimulatedDevice } from "./scenarios";

export interface Running {
  scenario: Scenario;
  devices: { id: string; name: string; last: Reading | null }[];
  sent: number;
  /// What the last message was refused with.
  mistake: string | null;
}

const pastBatch = 500;
let running: ReadonlyMap<string, Running> = new Map();
const timers = new Map<string, ReturnType<typeof setInterval>>();
const listeners = new Set<() => void>();

export function useSimulation(): ReadonlyMap<string, Running> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => running,
  );
}

/// Makes what the scenario needs and is not there yet, sends its past where the devices are new, and starts it.
export async function start(scenario: Scenario): Promise<void> {
  const profiles = await profilesOf(scenario);
  const made = await Promise.all(
    scenario.devices.map(async (device) => {
      const { entity, isNew } = await deviceOf(device, profiles);
      const token = await tokenOf(entity.id.id);
      if (isNew) await sendPast(device, scenario, token);
      return { id: entity.id.id, name: device.name, token };
    }),
  );
  stop(scenario.id);
  put({
    scenario,
    devices: made.map(({ id, name }) => ({ id, name, last: null })),
    sent: 0,
    mistake: null,
  });
  const round = () => {
    for (const [i, device] of scenario.devices.entries())
      void send(scenario.id, i, device.at(Date.now()), made[i]?.token ?? "");
  };
  round();
  timers.set(scenario.id, setInterval(round, scenario.everyMs));
}

export function stop(id: string): void {
  clearInterval(timers.get(id));
  timers.delete(id);
  const left = new Map(running);
  left.delete(id);
  tell(left);
}

async function send(id: string, index: number, reading: Reading, token: string): Promise<void> {
  const mistake = await postPublic(`/api/v1/${encodeURIComponent(token)}/telemetry`, reading).then(
    () => null,
    (failure: Error) => failure.message,
  );
  const now = running.get(id);
  if (!now) return;
  const devices = now.devices.map((each, i) => (i === index && !mistake ? { ...each, last: reading } : each));
  put({ ...now, devices, mistake, sent: now.sent + (mistake ? 0 : 1) });
}

async function sendPast(device: SimulatedDevice, scenario: Scenario, token: string): Promise<void> {
  const readings = past(device, scenario, Date.now());
  for (let i = 0; i < readings.length; i += pastBatch)
    await postPublic(`/api/v1/${encodeURIComponent(token)}/telemetry`, readings.slice(i, i + pastBatch));
}

async function profilesOf({ profiles }: Scenario): Promise<Map<string, EntityId>> {
  const found = new Map<string, EntityId>();
  for (const [name, profileData] of Object.entries(profiles)) {
    const { data } = await get<Page<DeviceProfile>>("/api/deviceProfiles", {
      pageSize: 100,
      page: 0,
      textSearch: name,
    });
    const known = data.find((profile) => profile.name === name);
    const { id } =
      known ?? (await post<DeviceProfile>("/api/deviceProfile", { name, type: "DEFAULT", profileData }));
    found.set(name, id);
  }
  return found;
}

async function deviceOf(
  { name, label, profile, attributes }: SimulatedDevice,
  profiles: Map<string, EntityId>,
): Promise<{ entity: Device; isNew: boolean }> {
  const { data } = await get<Page<Device>>("/api/tenant/devices", {
    pageSize: 100,
    page: 0,
    textSearch: name,
  });
  const known = data.find((device) => device.name === name);
  if (known) return { entity: known, isNew: false };
  const entity = await post<Device>("/api/device", {
    name,
    label,
    ...(profile ? { deviceProfileId: profiles.get(profile) } : { type: "default" }),
  });
  if (attributes) await post(`/api/plugins/telemetry/DEVICE/${entity.id.id}/SERVER_SCOPE`, attributes);
  return { entity, isNew: true };
}

async function tokenOf(deviceId: string): Promise<string> {
  const { credentialsType, credentialsId } = await get<DeviceCredentials>(
    `/api/device/${deviceId}/credentials`,
  );
  if (credentialsType !== "ACCESS_TOKEN")
    throw new Error("This device does not sign in with an access token; give it one, or delete it.");
  return credentialsId;
}

function put(one: Running): void {
  tell(new Map(running).set(one.scenario.id, one));
}

function tell(next: ReadonlyMap<string, Running>): void {
  running = next;
  for (const listener of listeners) listener();
}
