package io.github.datasphere.emulator.record;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event.Content;
import io.github.datasphere.emulator.session.MessageTexts;
import io.github.datasphere.emulator.session.UnknownFields;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;

/** Reads what passes, and knows what of it our protos do not. Safe for several threads. */
final class CallMessages {
  private static final String ENDPOINTS = "yandex.cloud.endpoint";
  private static final String URL = "yandex.cloud.datasphere.v2.jobs.StorageFile.url";

  private final Api api;
  private final UrlBook urls;
  private final UnknownFields unknownFields;
  private final MessageTexts texts;
  private final Supplier<String> ownAddress;
  private final Set<String> unknown = new ConcurrentSkipListSet<>();

  /** @param ownAddress where clients find the recorder, over TLS */
  CallMessages(Api api, UrlBook urls, Supplier<String> ownAddress) {
    this.api = api;
    this.urls = urls;
    this.ownAddress = ownAddress;
    this.texts = new MessageTexts(api);
    this.unknownFields = new UnknownFields(api);
  }

  /** Returns what came that our protos do not know, as sentences. */
  Set<String> unknown() {
    return new TreeSet<>(unknown);
  }

  /** Returns the content as a message, if our protos know the call. */
  Content content(String method, boolean isRequest, byte[] bytes) {
    var call = api.call(method);
    if (call.isEmpty()) {
      unknown.add("the call " + method + " is not in our protos");
      return Content.of(ByteString.copyFrom(bytes));
    }
    try {
      Message empty = isRequest ? call.get().request() : call.get().reply();
      var message = empty.getParserForType().parseFrom(bytes);
      for (var field : unknownFields.of(message)) {
        unknown.add(call.get().shortName() + (isRequest ? " is sent " : " answers with ") + field
            + ", which our protos do not know");
      }
      return Content.of(message);
    } catch (InvalidProtocolBufferException e) {
      return Content.of(ByteString.copyFrom(bytes));
    }
  }

  /**
   * Returns what the client gets: the same, with our URLs, and with our address for that of each
   * service, at which the client would go past us.
   */
  byte[] forClient(Content content, byte[] bytes) {
    var message = content.message();
    if (message == null) {
      return bytes;
    }
    if (message.getDescriptorForType().getFile().getPackage().equals(ENDPOINTS)) {
      return texts
          .visit(
              message,
              (field, value, parent) ->
                  field.getName().equals("address") ? ownAddress.get() : value)
          .toByteArray();
    }
    var rewritten = urls.rewritten(message);
    if (rewritten == message) {
      return bytes;
    }
    texts.visit(message, this::noteFile);
    return rewritten.toByteArray();
  }

  private String noteFile(FieldDescriptor field, String value, Message parent) {
    if (field.getFullName().equals(URL)) {
      var file = (Message) parent.getField(parent.getDescriptorForType().findFieldByName("file"));
      var digest = file.getDescriptorForType().findFieldByName("sha256");
      urls.leadsTo(value, String.valueOf(file.getField(digest)));
    }
    return value;
  }
}
