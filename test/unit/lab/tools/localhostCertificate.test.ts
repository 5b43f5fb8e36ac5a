import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { localhostCertificate } from "../../../../lab/tools/localhostCertificate.ts";

describe("tools: the certificate of agnhost", () => {
  it("is for the loopback addresses, belongs to its key, and does not expire", async () => {
    const { certificate, key } = await localhostCertificate();
    const read = new X509Certificate(certificate);
    assert.equal(read.checkPrivateKey(createPrivateKey(key)), true);
    for (const address of ["127.0.0.1", "::1"]) assert.equal(read.checkIP(address), address);
    assert.equal(read.checkIP("127.0.0.2"), undefined);
    assert.ok(new Date(read.validTo) > new Date("2084-01-01"));
  });
});
