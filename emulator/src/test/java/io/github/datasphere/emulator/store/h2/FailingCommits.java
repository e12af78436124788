package io.github.datasphere.emulator.store.h2;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/** Lets the next COMMIT of a database fail, which stays open. */
final class FailingCommits implements UnaryOperator<Jdbi> {
  private Next next = Next.SUCCEEDS;

  /** What becomes of it. */
  enum Next {
    SUCCEEDS,
    FAILS,
    /** It is made, and its caller is told that it failed. */
    SEEMS_TO_FAIL
  }

  void next(Next fate) {
    next = fate;
  }

  @Override
  public Jdbi apply(Jdbi jdbi) {
    return Jdbi.create(() -> failing(jdbi.open().getConnection()));
  }

  private Connection failing(Connection connection) {
    return (Connection) Proxy.newProxyInstance(
        getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
          var fate = method.getName().equals("commit") ? next : Next.SUCCEEDS;
          if (fate != Next.SUCCEEDS) {
            next = Next.SUCCEEDS;
          }
          if (fate == Next.FAILS) {
            throw new SQLException("the commit fails");
          }
          try {
            var result = method.invoke(connection, args);
            if (fate == Next.SEEMS_TO_FAIL) {
              throw new SQLException("the commit seems to fail");
            }
            return result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
