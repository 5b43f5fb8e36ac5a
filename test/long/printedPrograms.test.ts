import assert from "node:assert/strict";
import { join } from "node:path";
import ts from "typescript";
import { loadBalancer, nodePort, onlyJudged } from "../unit/comparison/manifests/manifests.ts";

const manifests: Readonly<Record<string, string>> = {
  "a NodePort Service": nodePort("  externalTrafficPolicy: Local"),
  "a NodePort Service with an affinity": nodePort("  sessionAffinity: ClientIP"),
  "UDP ports": nodePort().replace("port: 80", "port: 80, protocol: UDP"),
  "every option": loadBalancer(
    {
      internal: "true",
      "additional-resource-tags": "team=shop,empty=",
      subnets: "subnet-a,subnet-b",
      "cross-zone-load-balancing-enabled": "true",
      "target-group-attributes": "preserve_client_ip.enabled=false",
      "healthcheck-protocol": "HTTP",
      "healthcheck-port": "10256",
      "healthcheck-path": "/healthz",
      "healthcheck-interval": "20",
      "healthcheck-healthy-threshold": "2",
      "healthcheck-unhealthy-threshold": "4",
    },
    "  trafficDistribution: PreferClose\n  loadBalancerSourceRanges: [10.0.0.0/8]",
  ),
};

/** Type errors of each program, as if it were in the checkout's folder. */
function errorsIn(programs: readonly string[]): string[][] {
  const folder = process.cwd();
  const files = new Map(programs.map((text, index) => [join(folder, `printed-${index}.ts`), text]));
  const { config } = ts.readConfigFile("tsconfig.json", (file) => ts.sys.readFile(file)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, folder);
  const host = ts.createCompilerHost(options);
  host.readFile = (file) => files.get(file) ?? ts.sys.readFile(file);
  host.fileExists = (file) => files.has(file) || ts.sys.fileExists(file);
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"),
    );
  });
}

describe("a program that compare --file prints", () => {
  it(`has the types of the components: ${Object.keys(manifests).join(", ")}`, async () => {
    const programs: string[] = [];
    for (const text of Object.values(manifests)) {
      const { own } = await onlyJudged(text);
      assert.equal(own?.verdict, "equivalent", own?.reasons.join());
      programs.push(own.program);
    }
    const wrong = (programs[0] ?? "").replace("selector:", "selectors:");
    const [ofWrong, ...ofPrograms] = errorsIn([wrong, ...programs]);
    assert.deepEqual(ofPrograms.flat(), []);
    assert.notDeepEqual(ofWrong, []);
  }).timeout(60_000);
});
