package dev.shopbell.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shopbell.RunningShopbell;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which database the program works on. */
class DatabaseConfigTest {
  @Test
  void worksOnTheConfiguredDatabaseAndStartsNoneOfItsOwn() {
    RunningShopbell shopbell = RunningShopbell.shared();
    String database =
        shopbell
            .bean(JdbcClient.class)
            .sql("select current_database()")
            .query(String.class)
            .single();
    assertThat(database).matches("shopbell_\\d+");
    assertThatThrownBy(() -> shopbell.bean(EmbeddedPostgres.class))
        .isInstanceOf(NoSuchBeanDefinitionException.class);
  }

  @Test
  void readsTheAddressAsLibpqDoes() {
    var details =
        DatabaseConfig.fromUrl("postgresql://shop:p%40ss+word@db.example/shop?sslmode=require");
    assertThat(details.getJdbcUrl())
        .isEqualTo("jdbc:postgresql://db.example:5432/shop?sslmode=require");
    assertThat(details.getUsername()).isEqualTo("shop");
    assertThat(details.getPassword()).isEqualTo("p@ss+word");
  }

  @Test
  void refusesAnAddressThatIsNoneOfPostgres() {
    assertThatThrownBy(() -> DatabaseConfig.fromUrl("mysql://db.example/shop"))
        .hasMessageContaining("SHOPBELL_DATABASE_URL");
  }
}
