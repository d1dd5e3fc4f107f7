package io.millrace.engine.scripts.compiler;

import io.millrace.engine.scripts.compiler.Expression.Assign;
import io.millrace.engine.scripts.compiler.Expression.Binary;
import io.millrace.engine.scripts.compiler.Expression.Call;
import io.millrace.engine.scripts.compiler.Expression.Chain;
import io.millrace.engine.scripts.compiler.Expression.Conditional;
import io.millrace.engine.scripts.compiler.Expression.Index;
import io.millrace.engine.scripts.compiler.Expression.Lambda;
import io.millrace.engine.scripts.compiler.Expression.ListLiteral;
import io.millrace.engine.scripts.compiler.Expression.Literal;
import io.millrace.engine.scripts.compiler.Expression.Logical;
import io.millrace.engine.scripts.compiler.Expression.MapLiteral;
import io.millrace.engine.scripts.compiler.Expression.Member;
import io.millrace.engine.scripts.compiler.Expression.Name;
import io.millrace.engine.scripts.compiler.Expression.New;
import io.millrace.engine.scripts.compiler.Expression.Regex;
import io.millrace.engine.scripts.compiler.Expression.Sequence;
import io.millrace.engine.scripts.compiler.Expression.Spread;
import io.millrace.engine.scripts.compiler.Expression.Template;
import io.millrace.engine.scripts.compiler.Expression.Unary;
import io.millrace.engine.scripts.compiler.Expression.Update;
import io.millrace.engine.scripts.compiler.Function.Parameter;
import io.millrace.engine.scripts.compiler.Statement.Binding;
import io.millrace.engine.scripts.compiler.Statement.Block;
import io.millrace.engine.scripts.compiler.Statement.Break;
import io.millrace.engine.scripts.compiler.Statement.Continue;
import io.millrace.engine.scripts.compiler.Statement.Declarator;
import io.millrace.engine.scripts.compiler.Statement.Declare;
import io.millrace.engine.scripts.compiler.Statement.DoWhile;
import io.millrace.engine.scripts.compiler.Statement.Evaluate;
import io.millrace.engine.scripts.compiler.Statement.For;
import io.millrace.engine.scripts.compiler.Statement.ForEach;
import io.millrace.engine.scripts.compiler.Statement.If;
import io.millrace.engine.scripts.compiler.Statement.Labelled;
import io.millrace.engine.scripts.compiler.Statement.Return;
import io.millrace.engine.scripts.compiler.Statement.Switch;
import io.millrace.engine.scripts.compiler.Statement.Throw;
import io.millrace.engine.scripts.compiler.Statement.Try;
import io.millrace.engine.scripts.compiler.Statement.Variables;
import io.millrace.engine.scripts.compiler.Statement.While;
import io.millrace.engine.scripts.compiler.Variable.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds for every name the variable that it means: hoisting, blocks, closures, and variables that
/// are only ever assigned.
final class Resolver {
  /// Names of one block or function; `scope` is the function it belongs to.
  private record Level(FunctionScope scope, Map<String, Variable> names, boolean isFunction) {}

  private record Use(Name name, List<Level> visible, FunctionScope from, boolean isWrite) {}

  private final Names names = new Names();
  private final Deque<Level> levels = new ArrayDeque<>();
  private final List<Use> open = new ArrayList<>();
  private final Map<String, Variable> implicit = new HashMap<>();

  static Names resolve(Function script) {
    var resolver = new Resolver();
    resolver.function(script, null, false);
    resolver.open.stream().filter(Use::isWrite).forEach(resolver::settle);
    resolver.open.stream().filter(each -> !each.isWrite()).forEach(resolver::settle);
    resolver.names.settle();
    return resolver.names;
  }

  private FunctionScope function(
      Function function, @Nullable FunctionScope parent, boolean knowsItself) {
    var scope = new FunctionScope(function, parent, names.functions().size());
    names.add(scope);
    levels.push(new Level(scope, new HashMap<>(), true));
    if (knowsItself && !function.name().isEmpty()) {
      selfName(function, scope);
    }
    if (function.hasReceiver()) {
      top().names().put(Names.THIS, new Variable(Names.THIS, Kind.RECEIVER, scope, 0));
    }
    for (var parameter : function.parameters()) {
      scope.parameters().add(declare(parameter.name(), Kind.PARAMETER, 0));
    }
    hoist(function.body());
    blockNames(function.body()).forEach(scope.hoisted()::add);
    function.parameters().stream()
        .map(Parameter::standard)
        .forEach(each -> each.ifPresent(this::visit));
    function.body().forEach(this::visit);
    levels.pop();
    return scope;
  }

  /// A named function expression knows itself by its name, unless something nearer has that name.
  private void selfName(Function function, FunctionScope scope) {
    var self = new Variable(function.name(), Kind.SELF, scope, 0);
    scope.hoisted().add(self);
    top().names().put(function.name(), self);
  }

  private Level top() {
    return levels.getFirst();
  }

  private FunctionScope here() {
    return top().scope();
  }

  private Variable declare(Name name, Kind kind, int visibleFrom) {
    var variable = new Variable(name.name(), kind, here(), visibleFrom);
    var known = top().names().put(name.name(), variable);
    if (known != null && known.owner() == here() && isTaken(known, kind)) {
      throw SourceException.syntax(
          "'" + name.name() + "' is declared twice", name.name(), name.at());
    }
    names.mean(name, variable);
    return variable;
  }

  private static boolean isTaken(Variable known, Kind kind) {
    boolean blockScoped = kind == Kind.LET || kind == Kind.CONST;
    return known.isBlockScoped() || (blockScoped && known.kind() != Kind.SELF);
  }

  /// `var` and functions of the whole body, whatever block they stand in.
  private void hoist(List<Statement> body) {
    body.forEach(this::hoist);
  }

  private void hoist(Statement statement) {
    switch (statement) {
      case Variables(var binding, var declarators, _) -> {
        if (binding == Binding.VAR) {
          declarators.forEach(each -> hoist(each.name()));
        }
      }
      case Declare(var name, _, _) -> hoistFunction(name);
      case If(_, var yes, var no, _) -> {
        hoist(yes);
        no.ifPresent(this::hoist);
      }
      case While(_, var inner, _) -> hoist(inner);
      case DoWhile(var inner, _, _) -> hoist(inner);
      case For(var first, _, _, var inner, _) -> {
        first.ifPresent(this::hoist);
        hoist(inner);
      }
      case ForEach each -> {
        if (each.binding().isPresent() && each.binding().get() == Binding.VAR) {
          hoist((Name) each.target());
        }
        hoist(each.body());
      }
      case Try(var inner, _, var handler, var last, _) -> {
        hoist(inner);
        handler.ifPresent(this::hoist);
        last.ifPresent(this::hoist);
      }
      case Switch(_, var cases, _) -> cases.forEach(each -> hoist(each.body()));
      case Block(var inner, _) -> hoist(inner);
      case Labelled(_, var inner, _) -> hoist(inner);
      case Evaluate _, Return _, Break _, Continue _, Throw _ -> {}
    }
  }

  private void hoist(Name name) {
    if (!isOwn(name.name())) {
      here().hoisted().add(declare(name, Kind.VAR, 0));
    }
  }

  private boolean isOwn(String name) {
    var known = top().names().get(name);
    return known != null && known.kind() != Kind.SELF;
  }

  private void hoistFunction(Name name) {
    var known = top().names().get(name.name());
    if (known == null || known.kind() == Kind.SELF) {
      here().hoisted().add(declare(name, Kind.FUNCTION, 0));
    } else {
      known.reassign();
      names.mean(name, known);
    }
  }

  /// Declares `let` and `const` of one list of statements.
  private List<Variable> blockNames(List<Statement> statements) {
    var found = new ArrayList<Variable>();
    for (var statement : statements) {
      if (statement instanceof Variables(var binding, var declarators, _)
          && binding != Binding.VAR) {
        declarators.forEach(
            each -> found.add(declare(each.name(), kind(binding), visibleFrom(each))));
      }
    }
    return found;
  }

  /// The hidden names of patterns are written before they are read, whatever their offsets say.
  private static int visibleFrom(Declarator declarator) {
    return declarator.name().name().startsWith("#") ? 0 : declarator.end();
  }

  private static Kind kind(Binding binding) {
    return switch (binding) {
      case VAR -> Kind.VAR;
      case LET -> Kind.LET;
      case CONST -> Kind.CONST;
    };
  }

  private void inBlock(Object block, List<Statement> declaring, Runnable inside) {
    levels.push(new Level(here(), new HashMap<>(), false));
    names.open(block, blockNames(declaring));
    inside.run();
    levels.pop();
  }

  private void visit(Statement statement) {
    switch (statement) {
      case Variables(_, var declarators, _) -> declarators.forEach(this::visit);
      case Evaluate(var value, _) -> visit(value);
      case If(var test, var yes, var no, _) -> {
        visit(test);
        visit(yes);
        no.ifPresent(this::visit);
      }
      case While(var test, var body, _) -> {
        visit(test);
        visit(body);
      }
      case DoWhile(var body, var test, _) -> {
        visit(body);
        visit(test);
      }
      case For loop -> visit(loop);
      case ForEach loop -> visit(loop);
      case Return(var value, _) -> value.ifPresent(this::visit);
      case Throw(var value, _) -> visit(value);
      case Try attempt -> visit(attempt);
      case Switch choice -> visit(choice);
      case Block block ->
          inBlock(block, block.statements(), () -> block.statements().forEach(this::visit));
      case Declare(var name, var function, int at) -> visit(name, function, at);
      case Labelled(_, var body, _) -> visit(body);
      case Break _, Continue _ -> {}
    }
  }

  private void visit(Name name, Function function, int at) {
    if (!top().isFunction()) {
      throw SourceException.notTaken("function in a block", at);
    }
    var scope = function(function, here(), false);
    var variable = names.variable(name);
    if (variable != null) {
      variable.function(scope);
    }
  }

  private void visit(Declarator declarator) {
    declarator.value().ifPresent(this::visit);
    var known = names.variable(declarator.name());
    if (known == null) {
      use(declarator.name(), true); // a second var of the same name
    } else if (declarator.value().isPresent() && !known.isBlockScoped()) {
      known.reassign();
    }
  }

  private void visit(For loop) {
    var declaring = loop.first().map(List::of).orElse(List.of());
    inBlock(
        loop,
        declaring,
        () -> {
          loop.first().ifPresent(this::visit);
          loop.test().ifPresent(this::visit);
          loop.update().ifPresent(this::visit);
          visit(loop.body());
        });
  }

  private void visit(ForEach loop) {
    visit(loop.source());
    inBlock(
        loop,
        List.of(),
        () -> {
          if (loop.binding().isPresent() && loop.binding().get() != Binding.VAR) {
            var name = (Name) loop.target();
            names.open(loop, List.of(declare(name, kind(loop.binding().get()), 0)));
          } else if (loop.target() instanceof Name name) {
            use(name, true);
          } else {
            visit(loop.target());
          }
          visit(loop.body());
        });
  }

  private void visit(Try attempt) {
    visit(attempt.body());
    attempt
        .handler()
        .ifPresent(
            handler ->
                inBlock(
                    attempt,
                    List.of(),
                    () -> {
                      attempt
                          .caught()
                          .ifPresent(
                              name ->
                                  names.open(attempt, List.of(declare(name, Kind.PARAMETER, 0))));
                      visit(handler);
                    }));
    attempt.last().ifPresent(this::visit);
  }

  private void visit(Switch choice) {
    visit(choice.value());
    var all = choice.cases().stream().flatMap(each -> each.body().stream()).toList();
    inBlock(
        choice,
        all,
        () -> {
          names.of(choice).forEach(Variable::check);
          for (var each : choice.cases()) {
            each.test().ifPresent(this::visit);
            each.body().forEach(this::visit);
          }
        });
  }

  private void visit(Expression expression) {
    switch (expression) {
      case Literal _, Regex _ -> {}
      case Name name -> use(name, false);
      case Template(_, var values, _) -> values.forEach(this::visit);
      case Member(var object, _, _, _) -> visit(object);
      case Index(var object, var key, _, _) -> visit(object, key);
      case Call(var callee, var arguments, _, _) -> {
        visit(callee);
        arguments.forEach(this::visit);
      }
      case Chain(var whole, _) -> visit(whole);
      case New(_, var arguments, _) -> arguments.forEach(this::visit);
      case Unary(_, var operand, _) -> visit(operand);
      case Update(_, _, var target, _) -> write(target);
      case Binary(_, var left, var right, _) -> visit(left, right);
      case Logical(_, var left, var right, _) -> visit(left, right);
      case Conditional(var test, var yes, var no, _) -> {
        visit(test);
        visit(yes, no);
      }
      case Assign(_, var target, var value, _) -> {
        write(target);
        visit(value);
      }
      case Sequence(var parts, _) -> parts.forEach(this::visit);
      case Spread(var list, _) -> visit(list);
      case ListLiteral(var items, _) -> items.forEach(this::visit);
      case MapLiteral(var entries, _) ->
          entries.forEach(
              each -> {
                if (!(each.value() instanceof Spread)) {
                  visit(each.key());
                }
                visit(each.value());
              });
      case Lambda(var function, _) -> function(function, here(), true);
    }
  }

  private void visit(Expression first, Expression second) {
    visit(first);
    visit(second);
  }

  private void write(Expression target) {
    if (target instanceof Name name) {
      use(name, true);
    } else {
      visit(target);
    }
  }

  private void use(Name name, boolean isWrite) {
    if (isWrite && name.name().equals(Names.THIS)) {
      throw SourceException.syntax("'this' cannot be assigned", name.name(), name.at());
    }
    open.add(new Use(name, List.copyOf(levels), here(), isWrite));
  }

  private void settle(Use use) {
    var variable = find(use);
    if (variable == null) {
      return;
    }
    names.mean(use.name(), variable);
    if (variable.kind() == Kind.RECEIVER) {
      variable.owner().useReceiver(variable);
    }
    if (use.isWrite()) {
      variable.reassign();
    }
    if (variable.isBlockScoped() && use.name().at() < variable.visibleFrom()) {
      variable.check();
    }
    for (var scope = use.from();
        scope != null && scope != variable.owner();
        scope = scope.parent()) {
      scope.outer().add(variable);
    }
  }

  private @Nullable Variable find(Use use) {
    var text = use.name().name();
    for (var level : use.visible()) {
      var found = level.names().get(text);
      if (found != null) {
        return found;
      }
    }
    return use.isWrite() ? implicit(text) : implicit.get(text);
  }

  /// JavaScript: an assignment to an unknown name makes a global; here it lasts for one run.
  private Variable implicit(String name) {
    var script = names.functions().getFirst();
    return implicit.computeIfAbsent(
        name,
        _ -> {
          var made = new Variable(name, Kind.IMPLICIT, script, 0);
          script.hoisted().add(made);
          return made;
        });
  }
}
