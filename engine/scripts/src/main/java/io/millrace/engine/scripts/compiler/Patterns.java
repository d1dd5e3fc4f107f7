package io.millrace.engine.scripts.compiler;

import io.millrace.engine.scripts.compiler.Expression.Assign;
import io.millrace.engine.scripts.compiler.Expression.Binary;
import io.millrace.engine.scripts.compiler.Expression.Call;
import io.millrace.engine.scripts.compiler.Expression.Conditional;
import io.millrace.engine.scripts.compiler.Expression.Entry;
import io.millrace.engine.scripts.compiler.Expression.Index;
import io.millrace.engine.scripts.compiler.Expression.ListLiteral;
import io.millrace.engine.scripts.compiler.Expression.Literal;
import io.millrace.engine.scripts.compiler.Expression.MapLiteral;
import io.millrace.engine.scripts.compiler.Expression.Member;
import io.millrace.engine.scripts.compiler.Expression.Name;
import io.millrace.engine.scripts.compiler.Expression.Sequence;
import io.millrace.engine.scripts.compiler.Expression.Special;
import io.millrace.engine.scripts.compiler.Expression.Spread;
import io.millrace.engine.scripts.compiler.Expression.Unary;
import io.millrace.engine.scripts.compiler.Statement.Declarator;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Turns `{a, b: [c, d = 1]} = value` into single assignments, through names that no script can
/// write. Patterns come in as the literals that they look like.
final class Patterns {
  /// Assignments to patterns, by what they became: inside a pattern they are defaults after all.
  private final IdentityHashMap<Expression, Assign> written = new IdentityHashMap<>();

  /// Stands for a sequence that is no pattern.
  private static final Assign NONE = new Assign("", new Literal(0.0, 0), new Literal(0.0, 0), 0);

  private int count;

  /// A name of its own.
  Name fresh(int at) {
    return new Name("#" + count++, at);
  }

  void declare(Expression pattern, Expression value, int end, List<Declarator> into) {
    takeApart(
        pattern,
        value,
        (target, part) -> {
          if (!(target instanceof Name name)) {
            throw SourceException.syntax("A name expected", "pattern", target.at());
          }
          into.add(new Declarator(name, Optional.of(part), end));
        });
  }

  Expression assign(Expression pattern, Expression value) {
    var parts = new ArrayList<Expression>();
    takeApart(
        pattern, value, (target, part) -> parts.add(new Assign("", target, part, pattern.at())));
    parts.add(parts.getFirst() instanceof Assign first ? again(first) : value);
    var whole = new Sequence(parts, pattern.at());
    written.put(whole, new Assign("", pattern, value, pattern.at()));
    return whole;
  }

  private static Expression again(Assign first) {
    return first.target() instanceof Name name ? use(name) : first.target();
  }

  /// The shorthands with a default inside a pattern.
  List<Expression> defaults(Expression pattern) {
    var found = new ArrayList<Expression>();
    collect(pattern, found);
    return found;
  }

  private void collect(Expression pattern, List<Expression> found) {
    switch (pattern) {
      case Sequence sequence -> collect(written.getOrDefault(sequence, NONE), found);
      case Assign assign -> {
        found.add(assign);
        collect(assign.target(), found);
      }
      case ListLiteral list -> list.items().forEach(each -> collect(each, found));
      case MapLiteral map -> map.entries().forEach(each -> collect(each.value(), found));
      default -> {}
    }
  }

  private void takeApart(
      Expression pattern, Expression value, BiConsumer<Expression, Expression> each) {
    switch (pattern) {
      case ListLiteral list -> {
        var whole = hold(new Unary("items", value, list.at()), each);
        for (int i = 0; i < list.items().size(); i++) {
          item(list.items().get(i), whole, i, each);
        }
      }
      case MapLiteral map -> {
        var whole = hold(new Unary("present", value, map.at()), each);
        map.entries().forEach(entry -> member(entry, whole, each));
      }
      case Assign assign -> {
        var held = hold(value, each);
        takeApart(assign.target(), orElse(held, assign.value()), each);
      }
      case Sequence sequence -> takeApart(written.getOrDefault(sequence, NONE), value, each);
      case Name name -> each.accept(name, value);
      case Member member -> each.accept(member, value);
      case Index index -> each.accept(index, value);
      default -> throw SourceException.notTaken("pattern", pattern.at());
    }
  }

  private Name hold(Expression value, BiConsumer<Expression, Expression> each) {
    var name = fresh(value.at());
    each.accept(name, value);
    return name;
  }

  private void item(Expression item, Name whole, int i, BiConsumer<Expression, Expression> each) {
    if (item instanceof Spread(var rest, int at)) {
      var slice = new Member(use(whole), "slice", false, at);
      takeApart(rest, new Call(slice, List.of(number(i, at)), false, at), each);
    } else {
      takeApart(item, new Index(use(whole), number(i, item.at()), false, item.at()), each);
    }
  }

  private void member(Entry entry, Name whole, BiConsumer<Expression, Expression> each) {
    if (entry.value() instanceof Spread(_, int at)) {
      throw SourceException.notTaken("...rest in an object pattern", at);
    }
    var part = new Index(use(whole), entry.key(), false, entry.key().at());
    takeApart(entry.value(), part, each);
  }

  private static Expression orElse(Name held, Expression standard) {
    var undefined = new Literal(Special.UNDEFINED, held.at());
    return new Conditional(
        new Binary("===", use(held), undefined, held.at()), standard, use(held), held.at());
  }

  private static Literal number(int i, int at) {
    return new Literal((double) i, at);
  }

  private static Name use(Name name) {
    return new Name(name.name(), name.at());
  }
}
