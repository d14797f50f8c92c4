package io.aipaging.nef.exposure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who may ask. */
@FunctionalInterface
public interface AppRegistry {
  /** The app of that id, if it may ask at all. */
  Optional<App> find(String afId);

  /** A fixed set of apps; throws {@link IllegalStateException} when two have one id. */
  static AppRegistry of(List<App> apps) {
    Map<String, App> byId =
        apps.stream().collect(Collectors.toUnmodifiableMap(App::afId, Function.identity()));
    return afId -> Optional.ofNullable(byId.get(afId));
  }
}
