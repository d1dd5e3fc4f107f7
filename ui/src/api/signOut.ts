import { post } from "./http";
import { session } from "./session";

/// Ends the session here, and on the server where it can be reached.
export async function signOut(): Promise<void> {
  await post("/api/auth/logout").catch(() => {});
  session.end();
}
