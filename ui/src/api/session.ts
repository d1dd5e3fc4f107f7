/// Who is signed in: the pair of tokens, kept in localStorage so that every tab and a reload share it.

export interface Tokens {
  token: string;
  refreshToken: string;
}

export interface Caller {
  userId: string;
  email: string;
  authority: "SYS_ADMIN" | "TENANT_ADMIN" | "CUSTOMER_USER";
  tenantId: string;
  customerId: string;
}

const storageKey = "millrace.session";
const listeners = new Set<() => void>();
let tokens = load();
/// A visitor of what is public: in this tab only, beside whoever is signed in elsewhere.
let isGuest = false;

export const session = {
  tokens: (): Tokens | null => tokens,

  isSignedIn: (): boolean => tokens !== null,

  /// The caller as the access token names it, or null when nobody is signed in.
  caller: (): Caller | null => (tokens ? named(claims(tokens.token)) : null),

  isGuest: (): boolean => isGuest,

  start(next: Tokens): void {
    tokens = next;
    if (!isGuest) localStorage.setItem(storageKey, JSON.stringify(next));
    tell();
  },

  startAsGuest(next: Tokens): void {
    isGuest = true;
    session.start(next);
  },

  /// The visit is over; whoever was signed in is so again.
  endVisit(): void {
    if (!isGuest) return;
    isGuest = false;
    tokens = load();
    tell();
  },

  end(): void {
    tokens = null;
    if (!isGuest) localStorage.removeItem(storageKey);
    tell();
  },

  onChange(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/// True when the token expires within the given time; a token without an expiry never does.
export function expiresWithin(token: string, ms: number, now = Date.now()): boolean {
  const expiry = claims(token).exp;
  return typeof expiry === "number" && expiry * 1000 - now < ms;
}

function claims(token: string): Record<string, unknown> {
  try {
    const part = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(part), (c) => c.charCodeAt(0));
    return { ...JSON.parse(new TextDecoder().decode(bytes)) };
  } catch {
    return {};
  }
}

/// ThingsBoard's claims in our words.
function named(claims: Record<string, unknown>): Caller {
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    userId: text(claims.userId),
    email: text(claims.sub),
    authority: (Array.isArray(claims.scopes) ? claims.scopes[0] : claims.scopes) as Caller["authority"],
    tenantId: text(claims.tenantId),
    customerId: text(claims.customerId),
  };
}

function load(): Tokens | null {
  try {
    const stored = JSON.parse(localStorage.getItem(storageKey) ?? "null");
    return stored?.token && stored?.refreshToken ? stored : null;
  } catch {
    return null;
  }
}

function tell(): void {
  for (const listener of listeners) listener();
}

// Another tab signed in or out: follow it.
window.addEventListener("storage", (event) => {
  if (event.key !== storageKey || isGuest) return;
  tokens = load();
  tell();
});
