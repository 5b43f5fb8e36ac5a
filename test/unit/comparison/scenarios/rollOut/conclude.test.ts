import {
  idOf,
  rolledOutFindings,
  rollOuts,
  sent,
} from "../../../../../comparison/scenarios/rollOut/conclude.ts";
import type { Sample } from "../../../../../comparison/scenarios/traffic/load.ts";
import { both, concludes, every, loaded } from "../concludes.ts";
import { answered, lost } from "../samples.ts";

const ids = sent.map(idOf);
const titles = sent.map(({ policy, title }) => `${policy}, ${title}: answered`);
const gap = "Cluster, new connections: longest gap";

/** Of each load 200 requests. */
const times = every(100, 0, 20_000);
const calm = ids.flatMap((id) => times.map((at) => answered(id, at)));
const losing = (count: number, of: (id: string) => boolean = () => true): Sample[] =>
  calm.map((sample) => (of(sample.load) && sample.at < count * 100 ? lost(sample.load, sample.at) : sample));

const usual = loaded(rollOuts, losing(2));
const found = (right: ReturnType<typeof loaded<number>>) => rolledOutFindings({ left: usual, right });

describe("what clients notice of roll-outs", () => {
  concludes(found(usual), {
    "more than one request of a hundred is lost": {
      findings: found(loaded(rollOuts, losing(3))),
      different: titles,
    },
    "they are lost over one kind of connection only": {
      findings: found(
        loaded(
          rollOuts,
          losing(3, (id) => id === "http keep-alive, Local"),
        ),
      ),
      different: ["Local, keep-alive: answered"],
    },
    "somebody else's pods answer": {
      findings: found(
        loaded(
          rollOuts,
          calm.map(({ load, at }) => answered(load, at, "stranger")),
        ),
      ),
      different: [...titles, gap],
    },
    "nobody answers for longer than a request waits, though that is little of the whole": {
      findings: found(loaded(rollOuts, [...calm, ...ids.map((id) => answered(id, 22_500))])),
      different: [gap],
    },
    "pods were not replaced each time": {
      findings: found(loaded(rollOuts - 1 / 3, calm)),
      different: ["pods replaced, each"],
    },
    "they were replaced once too often": {
      findings: rolledOutFindings(both(loaded(rollOuts + 1 / 3, calm))),
      different: ["pods replaced, each"],
    },
    "nothing was sent": {
      findings: found(loaded(rollOuts, [])),
      different: [],
      unreachable: [...titles, gap],
    },
  });
});
