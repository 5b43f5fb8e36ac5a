import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { emulatorCommand, emulatorIsReady } from "../../../../../../lab/clouds/aws/api/emulatorProcess.ts";

describe("the emulator's command", () => {
  const options = { python: "/venv/bin/python", stateDirectory: "/state", host: "0.0.0.0", port: 4566 };

  it("runs the emulator's package with the tools' interpreter, by default in real time", () => {
    const { program, args, env } = emulatorCommand(options);
    assert.equal(program, "/venv/bin/python");
    assert.equal(
      args.join(" "),
      "-m emulator --host 0.0.0.0 --port 4566 --region us-west-2 --state /state/account.pickle --time-scale 1",
    );
    assert.match(env?.PYTHONPATH ?? "", /\/lab\/clouds\/aws\/api$/);
    assert.equal(env?.MOTO_ACCOUNT_ID, "123456789012");
  });

  it("passes the time scale on", () => {
    assert.deepEqual(emulatorCommand({ ...options, timeScale: 10 }).args.slice(-2), ["--time-scale", "10"]);
  });

  it("passes a quota on that the account has been granted, and leaves AWS's default to the emulator", () => {
    const flag = "--rules-per-security-group";
    const { args } = emulatorCommand({ ...options, quotas: { rulesPerSecurityGroup: 300 } });
    assert.deepEqual(args.slice(-2), [flag, "300"]);
    assert.equal(emulatorCommand({ ...options, quotas: {} }).args.includes(flag), false);
  });
});

describe("the emulator's readiness", () => {
  it("is known from its own answer, not from an open port", async () => {
    let status = 503;
    const server = createServer((request, response) => {
      response.writeHead(request.url === "/lab/ready" ? status : 404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    assert.equal(await emulatorIsReady(endpoint), false);
    status = 204;
    assert.equal(await emulatorIsReady(endpoint), true);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    assert.equal(await emulatorIsReady(endpoint), false);
  });
});
