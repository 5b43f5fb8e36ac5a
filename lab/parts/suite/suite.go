//go:build suite

// Package suite names what Kubernetes' end-to-end suite is built from, so that `go mod tidy` keeps its modules. The lab itself does not need it: npm run conformance.
package suite

import (
	_ "github.com/onsi/ginkgo/v2/ginkgo"
	_ "k8s.io/kubernetes/test/e2e"
)
