package io.github.datasphere.emulator.store.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted set (an AVL tree): adding or removing returns a new tree that shares all but
 * O(log n) nodes with the old one. A search takes a probe, which tells the sign of an element's
 * place relative to the one sought; so no key object is needed.
 */
final class Tree<E> {
  private final Comparator<? super E> order;
  private final @Nullable Node<E> root;

  private Tree(Comparator<? super E> order, @Nullable Node<E> root) {
    this.order = order;
    this.root = root;
  }

  static <E> Tree<E> by(Comparator<? super E> order) {
    return new Tree<>(order, null);
  }

  /** Returns a tree with this element, which replaces an equal one. */
  Tree<E> with(E element) {
    return new Tree<>(order, insert(root, element));
  }

  Tree<E> without(E element) {
    var rest = remove(root, element);
    return rest == root ? this : new Tree<>(order, rest);
  }

  Optional<E> find(ToIntFunction<? super E> probe) {
    var node = root;
    while (node != null) {
      int place = probe.applyAsInt(node.element);
      if (place == 0) {
        return Optional.of(node.element);
      }
      node = place > 0 ? node.left : node.right;
    }
    return Optional.empty();
  }

  /** Returns the last element before the place of the probe. */
  Optional<E> lastBefore(ToIntFunction<? super E> probe) {
    @Nullable E best = null;
    var node = root;
    while (node != null) {
      if (probe.applyAsInt(node.element) < 0) {
        best = node.element;
        node = node.right;
      } else {
        node = node.left;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Returns the first element after the place of the probe. */
  Optional<E> firstAfter(ToIntFunction<? super E> probe) {
    @Nullable E best = null;
    var node = root;
    while (node != null) {
      if (probe.applyAsInt(node.element) > 0) {
        best = node.element;
        node = node.left;
      } else {
        node = node.right;
      }
    }
    return Optional.ofNullable(best);
  }

  Optional<E> first() {
    return firstAfter(any -> 1);
  }

  List<E> toList() {
    var all = new ArrayList<E>();
    collect(root, all);
    return all;
  }

  private static <E> void collect(@Nullable Node<E> node, List<E> all) {
    if (node != null) {
      collect(node.left, all);
      all.add(node.element);
      collect(node.right, all);
    }
  }

  private Node<E> insert(@Nullable Node<E> node, E element) {
    if (node == null) {
      return new Node<>(element, null, null);
    }
    int place = order.compare(element, node.element);
    if (place == 0) {
      return new Node<>(element, node.left, node.right);
    }
    return place < 0
        ? balanced(node.element, insert(node.left, element), node.right)
        : balanced(node.element, node.left, insert(node.right, element));
  }

  private @Nullable Node<E> remove(@Nullable Node<E> node, E element) {
    if (node == null) {
      return null;
    }
    int place = order.compare(element, node.element);
    if (place < 0) {
      var left = remove(node.left, element);
      return left == node.left ? node : balanced(node.element, left, node.right);
    }
    if (place > 0) {
      var right = remove(node.right, element);
      return right == node.right ? node : balanced(node.element, node.left, right);
    }
    if (node.left == null || node.right == null) {
      return node.left == null ? node.right : node.left;
    }
    return balanced(leftmost(node.right), node.left, withoutLeftmost(node.right));
  }

  private static <E> E leftmost(Node<E> node) {
    return node.left == null ? node.element : leftmost(node.left);
  }

  private static <E> @Nullable Node<E> withoutLeftmost(Node<E> node) {
    return node.left == null
        ? node.right
        : balanced(node.element, withoutLeftmost(node.left), node.right);
  }

  private static <E> Node<E> balanced(E element, @Nullable Node<E> left, @Nullable Node<E> right) {
    if (left != null && height(left) > height(right) + 1) {
      if (left.right != null && height(left.right) > height(left.left)) {
        var middle = left.right;
        return new Node<>(
            middle.element,
            new Node<>(left.element, left.left, middle.left),
            new Node<>(element, middle.right, right));
      }
      return new Node<>(left.element, left.left, new Node<>(element, left.right, right));
    }
    if (right != null && height(right) > height(left) + 1) {
      if (right.left != null && height(right.left) > height(right.right)) {
        var middle = right.left;
        return new Node<>(
            middle.element,
            new Node<>(element, left, middle.left),
            new Node<>(right.element, middle.right, right.right));
      }
      return new Node<>(right.element, new Node<>(element, left, right.left), right.right);
    }
    return new Node<>(element, left, right);
  }

  private static int height(@Nullable Node<?> node) {
    return node == null ? 0 : node.height;
  }

  private static final class Node<E> {
    final E element;
    final @Nullable Node<E> left;
    final @Nullable Node<E> right;
    final int height;

    Node(E element, @Nullable Node<E> left, @Nullable Node<E> right) {
      this.element = element;
      this.left = left;
      this.right = right;
      this.height = 1 + Math.max(Tree.height(left), Tree.height(right));
    }
  }
}
