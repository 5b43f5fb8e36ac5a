"""Quotas that AWS raises on request, with their defaults."""

rules_per_security_group = 60
"""The quota L-0EA8095F, for inbound and outbound rules each.
https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups"""
