package io.millrace.engine.scripts.compiler;

import static io.millrace.engine.scripts.compiler.Linkage.OBJECT;
import static io.millrace.engine.scripts.compiler.Linkage.OBJECTS;

import io.millrace.engine.scripts.compiler.Expression.Entry;
import io.millrace.engine.scripts.compiler.Expression.Literal;
import io.millrace.engine.scripts.compiler.Expression.Spread;
import java.lang.classfile.CodeBuilder;
import java.util.List;

/// Writes lists and maps as the source spells them, spread parts included.
final class LiteralEmitter {
  private final CodeBuilder code;
  private final Instructions out;
  private final ExpressionEmitter expressions;
  private final AssignmentEmitter assignments;

  LiteralEmitter(
      CodeBuilder code,
      Instructions out,
      ExpressionEmitter expressions,
      AssignmentEmitter assignments) {
    this.code = code;
    this.out = out;
    this.expressions = expressions;
    this.assignments = assignments;
  }

  void array(List<Expression> items) {
    code.loadConstant(items.size()).anewarray(OBJECT);
    for (int i = 0; i < items.size(); i++) {
      code.dup().loadConstant(i);
      expressions.value(items.get(i));
      code.aastore();
    }
  }

  void list(List<Expression> items) {
    int plain = 0;
    while (plain < items.size() && !(items.get(plain) instanceof Spread)) {
      plain++;
    }
    array(items.subList(0, plain));
    out.operationInRun("list", OBJECT, OBJECTS);
    for (var item : items.subList(plain, items.size())) {
      if (item instanceof Spread(var list, int at)) {
        expressions.value(list);
        out.mark(at);
        out.operationInRun("addAll", OBJECT, OBJECT, OBJECT);
      } else {
        expressions.value(item);
        out.operationInRun("addItem", OBJECT, OBJECT, OBJECT);
      }
    }
  }

  void map(List<Entry> entries) {
    for (var entry : entries) {
      if (entry.key() instanceof Literal(String name, int at)) {
        assignments.requireSettable(name, at);
      }
    }
    int plain = 0;
    while (plain < entries.size() && isPlain(entries.subList(0, plain), entries.get(plain))) {
      plain++;
    }
    var names =
        entries.subList(0, plain).stream()
            .map(each -> ((Literal) each.key()).value().toString())
            .toList();
    out.classData(names);
    array(entries.subList(0, plain).stream().map(Entry::value).toList());
    out.operationInRun("map", OBJECT, OBJECT, OBJECTS);
    for (var entry : entries.subList(plain, entries.size())) {
      if (entry.value() instanceof Spread(var other, int at)) {
        expressions.value(other);
        out.mark(at);
        out.operationInRun("putAll", OBJECT, OBJECT, OBJECT);
      } else {
        expressions.value(entry.key());
        expressions.value(entry.value());
        out.mark(entry.key().at());
        out.operationInRun("put", OBJECT, OBJECT, OBJECT, OBJECT);
      }
    }
  }

  private static boolean isPlain(List<Entry> before, Entry entry) {
    return entry.key() instanceof Literal(String name, _)
        && !name.equals("__proto__")
        && before.stream().noneMatch(each -> ((Literal) each.key()).value().equals(name));
  }
}
