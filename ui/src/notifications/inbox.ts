/// The inbox of who is signed in, live: the newest unread, and how many there are.
import { useEffect, useState } from "react";
import { put } from "../api/http";
import { watchNotifications } from "../live";

export interface Notification {
  id: { id: string };
  createdTime: number;
  type: string;
  subject: string | null;
  text: string;
  status: "SENT" | "READ";
}

export interface Inbox {
  unread: number;
  newest: Notification[];
}

/// Null until the first answer.
export function useInbox(): Inbox | null {
  const [inbox, setInbox] = useState<Inbox | null>(null);
  useEffect(() => watchNotifications<Notification>((unread, newest) => setInbox({ unread, newest })), []);
  return inbox;
}

export const markRead = (id: string) => put<void>(`/api/notification/${id}/read`);
export const markAllRead = () => put<void>("/api/notifications/read");

/// The number on the bell, which has room for three characters.
export const unreadText = (unread: number) => (unread > 99 ? "99+" : String(unread));
