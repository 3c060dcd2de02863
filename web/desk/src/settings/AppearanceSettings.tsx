import { Radio, useMantineColorScheme } from '@mantine/core';
import { type AfterClosing, type Density, useAfterClosing, useDensity } from '../platform/appearance';
import classes from './Settings.module.css';

export function AppearanceSettings() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [density, setDensity] = useDensity();
  const [after, setAfter] = useAfterClosing();
  return (
    <>
      <p className={classes.lead}>Kept in this browser.</p>
      <section className={classes.section}>
        <Radio.Group label="Theme" value={colorScheme} onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}>
          <div className={classes.bar} style={{ paddingTop: 8 }}>
            <Radio value="auto" label="As the system" />
            <Radio value="light" label="Light" />
            <Radio value="dark" label="Dark" />
          </div>
        </Radio.Group>
        <Radio.Group
          label="Density"
          description="How much of the list fits on the screen."
          value={density}
          onChange={(value) => setDensity(value as Density)}
        >
          <div className={classes.bar} style={{ paddingTop: 8 }}>
            <Radio value="comfortable" label="Comfortable" />
            <Radio value="compact" label="Compact" />
          </div>
        </Radio.Group>
        <Radio.Group
          label="After resolving or snoozing"
          description="Where the desk goes next."
          value={after}
          onChange={(value) => setAfter(value as AfterClosing)}
        >
          <div className={classes.bar} style={{ paddingTop: 8 }}>
            <Radio value="next" label="The next conversation" />
            <Radio value="list" label="Back to the list" />
            <Radio value="stay" label="Stay" />
          </div>
        </Radio.Group>
      </section>
    </>
  );
}
