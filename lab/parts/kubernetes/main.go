// The parts of Kubernetes that the lab runs, in one binary: they share most of their packages, so that one program is built
// and linked in the time of the largest. What it is, it tells from the name it was called by, or from its first argument.
//
// Kubernetes v1.35 asks for the runtime defaults of Go 1.25.
//
//go:debug default=go1.25
package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	_ "time/tzdata" // time zones of CronJobs

	"go.etcd.io/etcd/server/v3/etcdmain"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
)

var parts = map[string]func(){
	"aws-cloud-controller-manager": awsCloudControllerManager,
	"etcd":                         func() { etcdmain.Main(os.Args) },
	"kube-apiserver":               kubeAPIServer,
	"kube-controller-manager":      kubeControllerManager,
	"kube-proxy":                   kubeProxy,
	"kube-scheduler":               kubeScheduler,
	"kubectl":                      kubectl,
	"kubelet":                      kubelet,
}

func main() {
	name := filepath.Base(os.Args[0])
	run, known := parts[name]
	if !known && len(os.Args) > 1 {
		name = os.Args[1]
		run, known = parts[name]
		os.Args = os.Args[1:]
	}
	if !known {
		names := slices.Sorted(maps.Keys(parts))
		fmt.Fprintf(os.Stderr, "unknown part %q: call this program by the name of a part, or name it first: %s\n", name, strings.Join(names, ", "))
		os.Exit(2)
	}
	run()
}
