package io.github.datasphere.emulator.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TreeTest {
  @Test
  void agreesWithTheTreeSetOfTheJdk() {
    var random = new Random(42);
    var tree = Tree.by(Comparator.<Integer>naturalOrder());
    var model = new TreeSet<Integer>();
    for (int step = 0; step < 20_000; step++) {
      int value = random.nextInt(500);
      if (random.nextInt(3) == 0) {
        tree = tree.without(value);
        model.remove(value);
      } else {
        tree = tree.with(value);
        model.add(value);
      }
      assertThat(tree.find(other -> other - value).isPresent()).isEqualTo(model.contains(value));
      assertThat(tree.lastBefore(other -> other - value))
          .isEqualTo(Optional.ofNullable(model.lower(value)));
      assertThat(tree.firstAfter(other -> other - value))
          .isEqualTo(Optional.ofNullable(model.higher(value)));
    }
    assertThat(tree.toList()).containsExactlyElementsOf(model);
  }

  @Test
  void staysShallowWhenFilledInOrder() {
    var tree = Tree.by(Comparator.<Integer>naturalOrder());
    for (int value = 0; value < 100_000; value++) {
      tree = tree.with(value);
    }
    for (int value = 0; value < 50_000; value++) {
      tree = tree.without(value);
    }
    var steps = new int[1];
    tree.find(other -> {
      steps[0]++;
      return other - 99_999;
    });
    assertThat(steps[0]).isLessThan(24); // 1.44 log2 n
  }

  @Test
  void removingWhatIsNotThereGivesTheSameTree() {
    var tree = Tree.by(Comparator.<Integer>naturalOrder()).with(1).with(2);
    assertThat(tree.without(3)).isSameAs(tree);
  }
}
