// Submits a DataSphere job with the Go SDK: uploads TEXT, follows the log, downloads RESULT.
//
//	go build -o job .
//	./job PROJECT TEXT RESULT
//
// It knows nothing of the emulator: HTTPS_PROXY and SSL_CERT_FILE lead it there, as docs/sdks.md says.
package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"

	jobs "github.com/yandex-cloud/go-genproto/yandex/cloud/datasphere/v2/jobs"
	"github.com/yandex-cloud/go-genproto/yandex/cloud/operation"
	ycsdk "github.com/yandex-cloud/go-sdk/v2"
	"github.com/yandex-cloud/go-sdk/v2/credentials"
	sdkop "github.com/yandex-cloud/go-sdk/v2/pkg/operation"
	"github.com/yandex-cloud/go-sdk/v2/pkg/options"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
)

// Prefixes of the methods by which the SDK finds the addresses of the two services.
const (
	jobService       = "yandex.cloud.datasphere.v2.jobs.ProjectJobService"
	operationService = "yandex.cloud.operation.OperationService"
)

type client struct {
	jobs       jobs.ProjectJobServiceClient
	operations operation.OperationServiceClient
}

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: job PROJECT TEXT RESULT")
	}
	ctx := context.Background()
	sdk, err := ycsdk.Build(ctx, options.WithCredentials(credentials.IAMToken(os.Getenv("YC_IAM_TOKEN"))))
	if err != nil {
		log.Fatal(err)
	}
	defer sdk.Shutdown(ctx)
	jobConnection, err := sdk.GetConnection(ctx, jobService+".Create")
	if err != nil {
		log.Fatal(err)
	}
	operationConnection, err := sdk.GetConnection(ctx, operationService+".Get")
	if err != nil {
		log.Fatal(err)
	}
	c := client{jobs.NewProjectJobServiceClient(jobConnection), operation.NewOperationServiceClient(operationConnection)}
	code, err := c.run(ctx, os.Args[1], os.Args[2], os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	os.Exit(code)
}

func (c client) run(ctx context.Context, project, text, result string) (int, error) {
	content, err := os.ReadFile(text)
	if err != nil {
		return 0, err
	}
	created := &jobs.CreateProjectJobResponse{}
	op, err := c.jobs.Create(ctx, request(project, text, content))
	if err := c.wait(ctx, op, err, &jobs.CreateProjectJobMetadata{}, created); err != nil {
		return 0, err
	}
	for _, upload := range created.UploadFiles { // a file that the project has already is not asked for again
		answer, err := send(ctx, http.MethodPut, upload.Url, bytes.NewReader(content))
		if err != nil {
			return 0, err
		}
		answer.Close()
	}

	execution, err := c.jobs.Execute(ctx, &jobs.ExecuteProjectJobRequest{JobId: created.JobId})
	if err != nil {
		return 0, err
	}
	if err := c.printLog(ctx, created.JobId); err != nil {
		return 0, err
	}

	done := &jobs.ExecuteProjectJobResponse{}
	if err := c.wait(ctx, execution, nil, &jobs.ExecuteProjectJobMetadata{}, done); err != nil {
		return 0, err
	}
	for _, output := range done.OutputFiles {
		if err := download(ctx, output.Url, result); err != nil {
			return 0, err
		}
	}
	return int(done.Result.ReturnCode), nil
}

// wait polls with the SDK's own waiter and fills response; a failed call is handed through.
func (c client) wait(ctx context.Context, op *operation.Operation, err error, metadata, response proto.Message) error {
	if err != nil {
		return err
	}
	poll := func(ctx context.Context, id string, opts ...grpc.CallOption) (sdkop.YCOperation, error) {
		return c.operations.Get(ctx, &operation.GetOperationRequest{OperationId: id}, opts...)
	}
	known, err := sdkop.NewOperation(op, &sdkop.Concretization{Poll: poll, MetadataType: metadata, ResponseType: response})
	if err != nil {
		return err
	}
	answer, err := known.Wait(ctx)
	if err == nil {
		proto.Merge(response, answer)
	}
	return err
}

func (c client) printLog(ctx context.Context, job string) error {
	stream, err := c.jobs.ReadLogs(ctx, &jobs.ReadProjectJobLogsRequest{JobId: job})
	for err == nil {
		var message *jobs.ReadProjectJobLogsResponse
		if message, err = stream.Recv(); err == nil {
			for _, line := range message.Logs {
				switch line.GetStandardStream() {
				case jobs.StandardStream_OUT:
					os.Stdout.Write(line.Content)
				case jobs.StandardStream_ERR:
					os.Stderr.Write(line.Content)
				}
			}
		}
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func request(project, text string, content []byte) *jobs.CreateProjectJobRequest {
	digest := sha256.Sum256(content)
	return &jobs.CreateProjectJobRequest{
		ProjectId: project,
		Name:      "upper",
		JobParameters: &jobs.JobParameters{
			Cmd: "tr a-z A-Z < ${TEXT} | tee ${UPPER}",
			InputFiles: []*jobs.File{{
				Desc:            &jobs.FileDesc{Path: text, Var: "TEXT"},
				Sha256:          hex.EncodeToString(digest[:]),
				SizeBytes:       int64(len(content)),
				CompressionType: jobs.FileCompressionType_NONE,
			}},
			OutputFiles:        []*jobs.FileDesc{{Path: "upper.txt", Var: "UPPER"}},
			CloudInstanceTypes: []*jobs.CloudInstanceType{{Name: "c1.4"}},
		},
	}
}

// send reports an answer that is no success as an error; the caller closes the body of one that is.
func send(ctx context.Context, method, url string, body io.Reader) (io.ReadCloser, error) {
	request, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode/100 != 2 {
		response.Body.Close()
		return nil, fmt.Errorf("%s of a file: %s", method, response.Status)
	}
	return response.Body, nil
}

func download(ctx context.Context, url, file string) error {
	content, err := send(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	defer content.Close()
	target, err := os.Create(file)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, content)
	return errors.Join(err, target.Close())
}
