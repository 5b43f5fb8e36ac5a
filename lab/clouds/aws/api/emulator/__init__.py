"""The lab's AWS API: moto's server with a plug-in for Network Load Balancers as AWS runs them.

moto (https://docs.getmoto.org) answers EC2, Elastic Load Balancing v2, Auto Scaling and STS. What it does otherwise
than AWS, and what the lab's cloud controller, data plane and Pulumi program depend on, is replaced here by subclasses
of moto's own back ends. Run it with `python -m emulator --help`.
"""
