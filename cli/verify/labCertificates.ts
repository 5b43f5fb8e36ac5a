/** Certificates on the lab: they sign themselves, and the emulated cloud takes them. */
import type { Certificates } from "../../comparison/scenarios/testbed/testbed.ts";
import { cloudApi } from "../../lab/clouds/environment.ts";
import { labCloud } from "../../lab/clouds/index.ts";
import type { LabSettings } from "../../lab/settings.ts";

export function labCertificates(settings: Pick<LabSettings, "cloud" | "ports">): Certificates {
  const api = labCloud(settings.cloud);
  const url = cloudApi(settings);
  return {
    add: async (host) => {
      // Only here: most scenarios need no keys.
      const { selfSigned } = await import("../../lab/selfSigned.ts");
      return (await api.certificates()).add(url, await selfSigned(host, [{ type: "dns", value: host }]));
    },
    remove: async (name) => (await api.certificates()).remove(url, name),
  };
}
