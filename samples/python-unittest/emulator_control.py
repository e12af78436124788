"""The emulator's control service for Python tests; copy this file beside them.

Needs nothing but grpcio and protobuf: the messages are those that the server describes by reflection.
Each RPC of datasphere.emulator.v1.ControlService is a method here that takes the fields of its request:

    control = Control(os.environ["DATASPHERE_EMULATOR_GRPC"])
    control.Reset(manual_clock=True)
    control.MoveClock(advance=timedelta(hours=1))
"""

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

SERVICE = "datasphere.emulator.v1.ControlService"
_REFLECTION = "grpc.reflection.v1.ServerReflection"


class Control:
    def __init__(self, address):
        self._channel = grpc.insecure_channel(address)
        pool = descriptor_pool.DescriptorPool()
        for file in _files_of(self._channel, SERVICE):
            pool.Add(file)
        for method in pool.FindServiceByName(SERVICE).methods:
            setattr(self, method.name, self._rpc(method))

    def _rpc(self, method):
        request = message_factory.GetMessageClass(method.input_type)
        reply = message_factory.GetMessageClass(method.output_type)
        call = self._channel.unary_unary(
            f"/{SERVICE}/{method.name}",
            request_serializer=request.SerializeToString,
            response_deserializer=reply.FromString,
        )
        return lambda **fields: call(request(**fields))

    def close(self):
        self._channel.close()


def _files_of(channel, symbol):
    """The file that declares the symbol and all that it imports, imported ones first."""
    request, reply = _reflection_messages()
    ask = channel.stream_stream(
        f"/{_REFLECTION}/ServerReflectionInfo",
        request_serializer=request.SerializeToString,
        response_deserializer=reply.FromString,
    )
    by_name = {}
    for answer in ask(iter([request(file_containing_symbol=symbol)])):
        for content in answer.file_descriptor_response.file_descriptor_proto:
            file = descriptor_pb2.FileDescriptorProto.FromString(content)
            by_name[file.name] = file
    ordered = {}

    def put(name):
        if name not in ordered:
            for imported in by_name[name].dependency:
                put(imported)
            ordered[name] = by_name[name]

    for name in by_name:
        put(name)
    return ordered.values()


def _reflection_messages():
    """As much of grpc/reflection/v1/reflection.proto as is used here."""
    field = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="reflection_part.proto", package="grpc.reflection.v1")
    request = file.message_type.add(name="ServerReflectionRequest")
    request.field.add(name="file_containing_symbol", number=4, type=field.TYPE_STRING, label=field.LABEL_OPTIONAL)
    files = file.message_type.add(name="FileDescriptorResponse")
    files.field.add(name="file_descriptor_proto", number=1, type=field.TYPE_BYTES, label=field.LABEL_REPEATED)
    reply = file.message_type.add(name="ServerReflectionResponse")
    reply.field.add(
        name="file_descriptor_response",
        number=4,
        type=field.TYPE_MESSAGE,
        label=field.LABEL_OPTIONAL,
        type_name=".grpc.reflection.v1.FileDescriptorResponse",
    )
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return tuple(
        message_factory.GetMessageClass(pool.FindMessageTypeByName(f"grpc.reflection.v1.{name}"))
        for name in ("ServerReflectionRequest", "ServerReflectionResponse")
    )
