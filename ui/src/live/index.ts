/// The door of live data: the one socket of this page, and a feed per device.
import { useEffect, useState, useSyncExternalStore } from "react";
import { freshToken } from "../api/http";
import { session } from "../api/session";
import { DeviceFeed, type Snapshot } from "./feed";
import { LiveSocket, type LiveState } from "./socket";

const socket = new LiveSocket(
  () => `${location.origin.replace(/^http/, "ws")}/api/ws`,
  () => freshToken(),
);
const feeds = new Map<string, DeviceFeed>();

session.onChange(() => {
  if (session.isSignedIn()) return;
  feeds.clear();
  socket.close();
});
window.addEventListener("online", socket.retryNow);
document.addEventListener("visibilitychange", () => document.hidden || socket.retryNow());

export function feed(deviceId: string, entityType = "DEVICE"): DeviceFeed {
  const known = feeds.get(deviceId) ?? new DeviceFeed(socket, deviceId, entityType);
  feeds.set(deviceId, known);
  return known;
}

/// The latest values of several entities, by their ids; one that has not answered yet is left out.
export function useLatestOf(
  entities: { deviceId: string; entityType?: string }[],
): ReadonlyMap<string, Snapshot> {
  const [latest, setLatest] = useState<ReadonlyMap<string, Snapshot>>(new Map());
  const joined = entities
    .filter(({ deviceId }) => deviceId !== "")
    .map(({ deviceId, entityType = "DEVICE" }) => `${entityType}:${deviceId}`)
    .join();
  useEffect(() => {
    const feedsOf = new Map(
      joined.split(",").flatMap((each) => {
        const [entityType, id] = each.split(":");
        return id ? [[id, feed(id, entityType)] as const] : [];
      }),
    );
    const read = () =>
      setLatest(
        new Map(
          [...feedsOf].flatMap(([id, each]) => {
            const snapshot = each.snapshot();
            return snapshot ? [[id, snapshot] as const] : [];
          }),
        ),
      );
    read();
    const ends = [...feedsOf.values()].map((each) => each.onSnapshot(read));
    return () => {
      for (const end of ends) end();
    };
  }, [joined]);
  return latest;
}

/// The device's latest values, or null until the first answer.
export function useLatest(deviceId: string): Snapshot | null {
  const { onSnapshot, snapshot } = feed(deviceId);
  return useSyncExternalStore(onSnapshot, snapshot);
}

/// Why the device's values are not sent, or null.
export function useRefusal(deviceId: string): Error | null {
  const { onSnapshot, refusal } = feed(deviceId);
  return useSyncExternalStore(onSnapshot, refusal);
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(socket.onState, socket.state);
}

/// Calls back when an alarm of the device, or of any of the tenant's, came or changed; also after a reconnect.
export function useAlarmNews(deviceId: string | null, onNews: () => void): void {
  useEffect(() => {
    const entityFilter = deviceId
      ? { type: "singleEntity", singleEntity: { entityType: "DEVICE", id: deviceId } }
      : {};
    const query = { entityFilter, pageLink: { page: 0, pageSize: 1 } };
    return socket.watch({ type: "ALARM_DATA", query }, onNews);
  }, [deviceId, onNews]);
}

/// Calls back with the number of unread notifications and the newest of them, now and whenever they change.
export function watchNotifications<T>(onNews: (unread: number, newest: T[]) => void): () => void {
  return socket.watch({ type: "NOTIFICATIONS", limit: 10 }, (frame) => {
    if (frame.totalUnreadCount !== undefined)
      onNews(frame.totalUnreadCount, (frame.notifications ?? []) as T[]);
  });
}

export const retryNow = socket.retryNow;
export type { DeviceFeed, LivePoint, Snapshot } from "./feed";
