"""Elastic Load Balancing v2 with Network Load Balancers as AWS runs them. Other types stay as in moto."""

from typing import Any

import moto.elb.urls
from moto.elbv2.exceptions import DuplicateTagKeysError, TooManyTagsError
from moto.elbv2.models import elbv2_backends

from emulator.elbv2.listeners import Listeners
from emulator.elbv2.responses import Responses
from emulator.elbv2.ssl_policies import add_missing
from emulator.elbv2.tags import check_tags
from emulator.elbv2.target_groups import TargetGroups

TAGS_PER_RESOURCE = 50
"""https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-tags.html"""


class Backend(Listeners, TargetGroups):
    SERVICE_NAMESPACE = "elasticloadbalancing"

    @property
    def _url_module(self) -> Any:
        """moto derives the module from the module of the class, which is this one."""
        return moto.elb.urls

    def _get_resource_by_arn(self, arn: str) -> Any:
        """Also the default rule of a listener, which moto keeps apart from the others."""
        if ":listener-rule" in arn:
            for load_balancer in self.load_balancers.values():
                for listener in load_balancer.listeners.values():
                    for rule in listener.rules.values():
                        if rule.arn == arn:
                            return rule
        return super()._get_resource_by_arn(arn)

    def add_tags(self, resource_arns: list[str], tags: list[dict[str, str]]) -> None:
        if len({tag["Key"] for tag in tags}) < len(tags):
            raise DuplicateTagKeysError(", ".join(tag["Key"] for tag in tags))
        check_tags(tags)
        for arn in resource_arns:
            self._get_resource_by_arn(arn)
            keys = {*self.tagging_service.get_tag_dict_for_resource(arn), *(tag["Key"] for tag in tags)}
            if len(keys) > TAGS_PER_RESOURCE:
                raise TooManyTagsError
            self.tagging_service.tag_resource(arn, tags)

    def describe_tags(self, resource_arns: list[str]) -> dict[str, dict[str, str]]:
        for arn in resource_arns:
            self._get_resource_by_arn(arn)
        return super().describe_tags(resource_arns)


def install() -> None:
    """Make moto use this back end from the first call on."""
    elbv2_backends.backend = Backend
    add_missing()
    moto.elb.urls.ELBV2Response = Responses  # type: ignore[attr-defined]
