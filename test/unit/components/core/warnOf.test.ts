import assert from "node:assert/strict";
import { ComponentResource, output } from "@pulumi/pulumi";
import type { Resource } from "@pulumi/pulumi";
import { warnOf } from "../../../../components/core/warnOf.ts";
import { declare } from "./declaring.ts";

describe("warnings of a resource", () => {
  it("are sent once it has a URN, so that one whose update has failed holds up no later message", async () => {
    const { warnings } = await declare(
      () => {
        const failed = { urn: output(new Promise<string>(() => undefined)) };
        warnOf(["of a resource that never gets a URN"], failed as unknown as Resource);
        warnOf(["first", "second"], new ComponentResource("exposure:index:EchoApp", "app"));
      },
      { preview: false },
    );
    assert.deepEqual(warnings, ["first", "second"]);
  });
});
