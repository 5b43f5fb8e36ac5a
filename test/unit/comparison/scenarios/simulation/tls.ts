/** TLS at simulated load balancers. */
import type { AskByTls, TlsAnswer } from "../../../../../comparison/traffic/tls.ts";
import type { Simulation } from "./testbed.ts";

/** A certificate's name is its host. */
export function askByTlsIn({ world, exposures, network }: Simulation): AskByTls {
  const answer: (...asked: Parameters<AskByTls>) => TlsAnswer = ({
    host,
    port,
    name,
    protocols,
    newestVersion,
  }) => {
    const made = network.connect(host, port);
    if (!("pod" in made)) throw new Error(`${host}: ${made.refused}`);
    const exposure = exposures.find(({ balancer }) => balancer === made.through?.balancer);
    const ends = exposure?.tlsOf(port);
    if (ends === undefined) throw new Error(`${host}: the listener on ${port} ends no TLS`);
    const isModern = ends.versions === "1.2 and 1.3";
    const isOld = newestVersion === "TLSv1.1";
    const { controllerServesHosts, refusesOldTls } = world.physics;
    if (isOld && isModern && refusesOldTls) return { kind: "refused" };
    const servesAll = exposure?.side === "left" || controllerServesHosts;
    const certificates = servesAll ? ends.certificates : ends.certificates.slice(0, 1);
    return {
      kind: "answered",
      certificate: certificates.find((each) => each === name) ?? ends.certificates[0],
      version: isOld ? newestVersion : isModern ? "TLSv1.3" : "TLSv1.2",
      protocol: servesAll ? (protocols.find((each) => each === "http/1.1") ?? null) : null,
      pod: made.pod.name,
      clientAddress: made.seen,
    };
  };
  return async (question) => {
    await Promise.resolve();
    return answer(question);
  };
}
