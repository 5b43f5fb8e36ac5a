"""The load balancers' data plane without its services: python3 -m unittest, with the data plane on PYTHONPATH."""

import signal
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

# Only the services' environment has them, and nothing here asks them.
for name in (
    "octavia.amphorae.backends.utils",
    "octavia.common",
    "octavia.common.jinja.haproxy.combined_listeners",
    "octavia.db",
    "octavia_lib.api.drivers",
    "oslo_config",
    "oslo_log",
):
    sys.modules[name] = mock.MagicMock()

import agent  # noqa: E402
import connections  # noqa: E402
import haproxy  # noqa: E402
import load_balancer  # noqa: E402
import namespace  # noqa: E402
from commands import CommandError  # noqa: E402

CONFIG = "frontend listener\n"


class Reload(unittest.TestCase):
    """Of an HAProxy that runs already."""

    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)
        for target in ("haproxy.run", "haproxy.HAProxy.wait", "haproxy.HAProxy.query"):
            self.patch(target)
        self.patch("haproxy.HAProxy.pid", return_value=42)
        self.kill = self.patch("os.kill")

    def patch(self, target: str, **values: object) -> mock.MagicMock:
        patcher = mock.patch(target, **values)
        self.addCleanup(patcher.stop)
        return patcher.start()

    def test_an_agent_reloads_what_an_earlier_one_has_left_though_the_file_is_right(self) -> None:
        ours = haproxy.HAProxy("id", "lb-id", self.directory)
        ours.config.write_text(CONFIG)
        ours.apply(CONFIG)
        self.kill.assert_called_once_with(42, signal.SIGUSR2)

    def test_once_loaded_nothing_is_done_until_the_file_changes(self) -> None:
        ours = haproxy.HAProxy("id", "lb-id", self.directory)
        ours.apply(CONFIG)
        ours.apply(CONFIG)
        self.assertEqual(self.kill.call_count, 1)
        ours.apply(CONFIG * 2)
        self.assertEqual(self.kill.call_count, 2)

    def test_a_reload_that_failed_is_done_again(self) -> None:
        ours = haproxy.HAProxy("id", "lb-id", self.directory)
        with mock.patch("haproxy.HAProxy.wait", side_effect=CommandError("does not listen")):
            self.assertRaises(CommandError, ours.apply, CONFIG)
        ours.apply(CONFIG)
        self.assertEqual(self.kill.call_count, 2)


class Start(unittest.TestCase):
    def test_a_reload_is_over_when_another_worker_answers(self) -> None:
        query = mock.MagicMock()
        query.show_stat.return_value = [{"pxname": "listener"}]
        query.show_info.side_effect = [{"Pid": "7"}, {"Pid": "7"}, {"Pid": "8"}]
        with (
            tempfile.TemporaryDirectory() as directory,
            mock.patch("haproxy.run"),
            mock.patch("os.kill"),
            mock.patch("haproxy.HAProxy.pid", return_value=42),
            mock.patch("haproxy.HAProxy.query", return_value=query),
        ):
            haproxy.HAProxy("id", "lb-id", Path(directory)).apply(CONFIG)
        self.assertEqual(query.show_info.call_count, 3)

    def test_the_wait_for_a_process_that_ends_is_over_with_it(self) -> None:
        with tempfile.TemporaryDirectory() as directory, mock.patch("haproxy.inside", lambda _, words: words):
            # Ends at once, and would be waited for until a limit that no test reaches.
            with mock.patch("haproxy.PROGRAM", "false"), mock.patch("haproxy.run"), mock.patch("haproxy.START_SECONDS", 1e9):
                ours = haproxy.HAProxy("id", "lb-id", Path(directory))
                with mock.patch.object(ours, "query", side_effect=OSError):
                    self.assertRaisesRegex(CommandError, "^HAProxy has ended", ours.apply, CONFIG)


class Mend(unittest.TestCase):
    """Of a load balancer whose HAProxy has no process."""

    def setUp(self) -> None:
        self.now = 1000.0
        for target in ("load_balancer.namespace.make", "load_balancer.LoadBalancer.filter"):
            patcher = mock.patch(target)
            patcher.start()
            self.addCleanup(patcher.stop)
        clock = mock.patch("load_balancer.time.monotonic", lambda: self.now)
        clock.start()
        self.addCleanup(clock.stop)
        self.balancer = load_balancer.LoadBalancer("id", Path("/nowhere"))
        self.haproxy = self.balancer.haproxy = mock.MagicMock()
        self.haproxy.pid.return_value = None
        self.wanted = mock.MagicMock(haproxy=CONFIG, udp=())

    def test_what_has_run_is_started_again(self) -> None:
        self.balancer.apply(self.wanted)
        self.balancer.mend()
        self.assertEqual(self.haproxy.apply.call_count, 2)

    def test_what_has_never_run_is_left_to_the_next_change(self) -> None:
        self.haproxy.apply.side_effect = CommandError("has ended")
        self.assertRaises(CommandError, self.balancer.apply, self.wanted)
        self.balancer.mend()
        self.assertEqual(self.haproxy.apply.call_count, 1)

    def test_what_does_not_start_again_is_tried_at_ever_longer_intervals(self) -> None:
        self.balancer.apply(self.wanted)
        self.haproxy.apply.side_effect = CommandError("has ended")
        tried = []
        for second in range(200):
            self.now = 1000.0 + second
            try:
                self.balancer.mend()
            except CommandError:
                tried.append(second)
        self.assertEqual(tried, [0, 1, 3, 7, 15, 31, 63, 123, 183])


class Namespace(unittest.TestCase):
    def made(self, routes: str | Exception, names: set[str]) -> list[list[str]]:
        """What is run to make a namespace, after the question for its default route is answered with the routes."""
        with (
            mock.patch("namespace.names", return_value=names),
            mock.patch("namespace.socket.if_nameindex", return_value=[(1, "lo"), *((2, name) for name in names)]),
            mock.patch("namespace.run", side_effect=[routes, *[""] * 9] if names else [""] * 9) as run,
        ):
            namespace.make("lb-1", "10.0.48.10")
            return [call.args[0] for call in run.call_args_list]

    REMOVED = [["ip", "link", "delete", "lb-1"], ["ip", "netns", "delete", "lb-1"]]

    def test_a_whole_one_is_left_as_it_is(self) -> None:
        self.assertEqual(len(self.made("default via 169.254.1.1 dev eth0", {"lb-1"})), 1)

    def test_one_that_was_left_half_made_is_removed_and_made_anew(self) -> None:
        anew = self.made("", set())
        for half in ("", CommandError("Cannot open network namespace")):
            self.assertEqual(self.made(half, {"lb-1"})[1:], [*self.REMOVED, *anew])

    def test_the_default_route_which_tells_a_whole_one_is_made_last(self) -> None:
        with mock.patch("namespace.names", return_value=set()), mock.patch("namespace.run") as run:
            namespace.make("lb-1", "10.0.48.10")
        self.assertRegex(run.call_args.args[1].splitlines()[-1], "^route add default ")


class Settled(unittest.TestCase):
    """What the agent reads of Octavia's data base, and what it builds."""

    def setUp(self) -> None:
        self.refused = type("UpdateStatusError", (Exception,), {})
        self.statuses = {"lb-1": "ACTIVE", "lb-2": "ACTIVE"}
        self.built: list[str] = []
        self.asked: list[str] = []
        for target, value in {
            "agent.exceptions": mock.MagicMock(UpdateStatusError=self.refused),
            "agent.Changes": mock.MagicMock(),
            "agent.Router": mock.MagicMock(),
            "agent.version": mock.MagicMock(),
            "agent.wanted": lambda row, *_: f"goal of {row.id}",
            "agent.pending": self.pending,
            "agent.LoadBalancer": self.load_balancer,
            "agent.api.session": lambda: lambda: self.session(),
        }.items():
            patcher = mock.patch(target, value)
            patcher.start()
            self.addCleanup(patcher.stop)
        self.agent = agent.Agent(Path("/nowhere"))
        self.agent.library = mock.MagicMock()
        self.addCleanup(self.agent.builders.shutdown)
        patcher = mock.patch.object(self.agent, "look")
        patcher.start()
        self.addCleanup(patcher.stop)

    def pending(self, row: mock.MagicMock) -> mock.MagicMock:
        return mock.MagicMock(statuses={"loadbalancers": {row.id: (row.provisioning_status, "ONLINE")}})

    def load_balancer(self, id_: str, _: Path) -> mock.MagicMock:
        made = mock.MagicMock(wanted=None)

        def apply(goal: str) -> None:
            made.wanted = goal
            self.built.append(id_)

        made.apply = apply
        return made

    def session(self) -> mock.MagicMock:
        """Answers the question for all statuses, and then the one for the load balancers that were chosen."""
        chosen = mock.MagicMock()
        rows = {id_: mock.MagicMock(id=id_, provisioning_status=status) for id_, status in self.statuses.items()}

        def these(ids: list[str]) -> list[str]:
            self.asked = sorted(ids)
            return ids

        agent.models.LoadBalancer.id.in_ = these
        chosen.filter = lambda ids: [rows[id_] for id_ in ids]
        everything = mock.MagicMock()
        everything.filter.return_value = list(self.statuses.items())
        return mock.MagicMock(query=lambda *columns: everything if len(columns) == 2 else chosen)

    def step(self) -> list[str]:
        """What is read of it."""
        self.asked = []
        self.agent.step()
        return self.asked

    def test_those_that_were_found_as_they_should_be_are_read_again_once_they_are_pending(self) -> None:
        self.assertEqual(self.step(), ["lb-1", "lb-2"])
        self.assertEqual(sorted(self.built), ["lb-1", "lb-2"])
        self.assertEqual([self.step(), self.step()], [["lb-1", "lb-2"], []])
        self.statuses["lb-2"] = "PENDING_UPDATE"
        self.assertEqual(self.step(), ["lb-2"])
        self.assertEqual(self.built[2:], ["lb-2"])
        self.statuses["lb-2"] = "ACTIVE"
        self.assertEqual([self.step(), self.step()], [["lb-2"], []])

    def test_all_are_read_again_after_a_report_that_octavia_does_not_take(self) -> None:
        self.step(), self.step()
        self.agent.library.update_loadbalancer_status.side_effect = self.refused
        self.statuses["lb-1"] = "PENDING_UPDATE"
        self.step()
        self.assertEqual(self.step(), ["lb-1", "lb-2"])


class Connections(unittest.TestCase):
    def test_wishes_that_fit_are_granted(self) -> None:
        self.assertEqual(connections.shares([2000, 5000], 9500), [2000, 5000])

    def test_a_wish_that_is_too_large_leaves_the_others_theirs(self) -> None:
        self.assertEqual(connections.shares([2147483647, 2000], 9500), [7500, 2000])
        self.assertEqual(connections.shares([9000, 2147483647, 100], 9500), [4700, 4700, 100])

    def test_each_listener_takes_connections(self) -> None:
        self.assertEqual(connections.shares([10, 10, 10], 2), [1, 1, 1])


if __name__ == "__main__":
    unittest.main()
