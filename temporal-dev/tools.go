//go:build tools

// Package tools names the one program that temporal-dev.sh builds, so that go.mod and go.sum pin it and all it needs.
package tools

import _ "github.com/temporalio/cli/cmd/temporal"
