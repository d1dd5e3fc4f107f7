import { expect, test } from "vitest";
import { snippets } from "./snippets";

const address = {
  host: "mill.example",
  httpOrigin: "https://mill.example",
  mqttPort: 9883,
  token: "TOKEN_1",
};

test.each(snippets.map((snippet) => [snippet.title, snippet] as const))(
  "the %s snippet names the host and this device's token",
  (_title, snippet) => {
    const code = snippet.code(address);
    expect(code).toContain("mill.example");
    expect(code).toContain("TOKEN_1");
    expect(code).not.toContain("undefined");
  },
);

test("every MQTT snippet uses the server's own port", () => {
  for (const { title, code } of snippets.filter(({ title }) => title !== "curl"))
    expect(code(address), title).toContain("9883");
});
